package io.coppice.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.coppice.framework.ops.ConvolutionShape;
import io.coppice.framework.ops.Layout;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command on tiny layers, with its own timer: what it writes, not how fast anything is. */
class OpsBenchCommandTest {
  private static final List<Layout> LAYOUTS = List.of(new Layout.Csr(), new Layout.Blocks(4, 1));

  private static OpsPlan tiny(List<Integer> threads) {
    List<OpsCase> cases = new ArrayList<>();
    for (int count : threads) {
      cases.add(new LinearCase(12, 8, 2, 0.5, count, LAYOUTS));
      cases.add(new LinearCase(12, 8, 2, 0.9, count, LAYOUTS));
      ConvolutionShape shape = new ConvolutionShape(4, 6, 5, 3, 3, 1, 1, 1);
      cases.add(new ConvolutionCase(4, shape, 2, 0.9, count, LAYOUTS));
      cases.add(new StepCase(List.of(8, 12, 3), 2, 0.9, count, LAYOUTS));
    }
    cases.add(new MoveCase(12, 8, 2, 0.5, 1, LAYOUTS));
    return new OpsPlan(cases);
  }

  private static OpsPlan none(List<Integer> threads) {
    throw new AssertionError("not this plan");
  }

  @Test
  void writesTablesJsonAndChart(@TempDir Path folder) throws IOException {
    Path json = folder.resolve("ops.json");
    Path chart = folder.resolve("ops.png");
    StringWriter out = new StringWriter();
    int status =
        new CommandLine(new OpsBenchCommand(OpsBenchCommandTest::none, OpsBenchCommandTest::tiny))
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(new StringWriter()))
            .execute("--quick", "--threads=1,2", "--json=" + json, "--chart=" + chart);
    assertEquals(0, status);
    assertTrue(out.toString().contains("\nbackward: how often faster than dense"), out::toString);
    assertTrue(out.toString().contains("\nthreads: how often faster than on one"), out::toString);
    JsonNode figures = new ObjectMapper().readTree(Files.readAllBytes(json));
    Set<String> ops = new TreeSet<>();
    for (JsonNode row : figures.get("rows")) {
      ops.add(row.get("op").asText());
      double ratio = row.get("dense_us").asDouble() / row.get("sparse_us").asDouble();
      assertEquals(ratio, row.get("ratio").asDouble(), 1e-9 * ratio);
    }
    assertTrue(ops.containsAll(Set.of("forward", "backward", "train_step")), ops::toString);
    assertTrue(figures.get("moves").isArray());
    assertEquals(1000, ImageIO.read(chart.toFile()).getWidth());
    try (var files = Files.list(folder)) {
      assertEquals(2, files.count(), "a partial file was left behind");
    }
  }
}
