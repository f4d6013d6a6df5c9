package io.coppice.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.coppice.framework.execution.EngineProducts;
import io.coppice.framework.execution.Pass;
import io.coppice.framework.execution.PassTimer;
import io.coppice.framework.ops.Layout;
import io.coppice.framework.optimize.EngineSupport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** On tiny layers and with a timer that runs each pass once: what is measured, not how fast. */
class OpsBenchmarkTest {
  private static final List<Layout> LAYOUTS = List.of(new Layout.Csr(), new Layout.Blocks(4, 1));
  private static final PassTimer ONCE =
      passes -> {
        double[] microseconds = new double[passes.size()];
        for (int i = 0; i < microseconds.length; i++) {
          passes.get(i).run();
          microseconds[i] = 10 + i;
        }
        return microseconds;
      };

  private final List<String> progress = new ArrayList<>();

  private OpsBenchmark.Figures run(PassTimer timer, OpsCase... cases) {
    return new OpsBenchmark(new OpsPlan(List.of(cases)), timer, progress::add).run();
  }

  @Test
  void timesLayersAndSteps() {
    OpsBenchmark.Figures figures =
        run(
            ONCE,
            new LinearCase(10, 12, 3, 0.9, 1, LAYOUTS),
            new LinearCase(10, 12, 3, 0.5, 1, List.of(new Layout.NOfM(2, 4))),
            new LinearCase(10, 12, 1, 0.9, 1, LAYOUTS),
            new StepCase(List.of(12, 9, 3), 4, 0.5, 1, LAYOUTS));
    assertEquals(
        List.of(
            "forward csr 3",
            "forward block 4x1 3",
            "backward csr 3",
            "backward block 4x1 3",
            "forward 2:4 3",
            "backward 2:4 3",
            "forward csr 1",
            "forward block 4x1 1",
            "train_step csr 4",
            "train_step block 4x1 4"),
        figures.rows().stream()
            .map(row -> row.op() + " " + row.layout() + " " + row.batch())
            .toList());
    // after three dense ways: two layouts, then libtorch's own
    assertEquals(
        new OpsRow("forward", "block 4x1", 10, 12, 3, 0.9, 1, 10, 14, 10 / 14.0, 15.0, null),
        figures.rows().get(1));
    assertEquals("12-9-3", figures.rows().get(8).network());
    assertEquals(5, progress.size());
  }

  @Test
  void passesRunOnTheThreadsOfTheirCase() {
    EngineSupport.find().start();
    EngineProducts engine = EngineProducts.find().orElseThrow();
    int before = engine.threads();
    List<Integer> threads = new ArrayList<>();
    PassTimer watching =
        passes -> {
          threads.add(engine.threads());
          return ONCE.microseconds(passes);
        };
    run(
        watching,
        new LinearCase(4, 4, 1, 0.5, before + 1, LAYOUTS),
        new LinearCase(4, 4, 1, 0.5, before + 2, LAYOUTS));
    assertEquals(List.of(before + 1, before + 2), threads);
    assertEquals(before, engine.threads());
  }

  @Test
  void stopsBetweenTwoCasesWhenInterrupted() {
    PassTimer interrupting =
        passes -> {
          Thread.currentThread().interrupt();
          passes.forEach(Pass::run);
          return new double[passes.size()];
        };
    LinearCase tiny = new LinearCase(4, 4, 1, 0.5, 1, LAYOUTS);
    assertThrows(CancellationException.class, () -> run(interrupting, tiny, tiny));
    assertTrue(Thread.interrupted());
  }

  @Test
  void jsonHasTheKeysThatProgramsRead() {
    OpsBenchmark.Figures figures =
        run(
            ONCE,
            new LinearCase(4, 4, 2, 0.9, 1, List.of(new Layout.Csr())),
            new LinearCase(4, 4, 2, 0.5, 1, List.of(new Layout.Csr())));
    JsonNode json = new ObjectMapper().valueToTree(figures);
    assertEquals(List.of("machine", "ops", "rows", "break_even"), keys(json));
    assertEquals(
        List.of(
            "op",
            "layout",
            "out",
            "in",
            "batch",
            "sparsity",
            "threads",
            "dense_us",
            "sparse_us",
            "ratio",
            "libtorch_sparse_us",
            "network"),
        keys(json.get("rows").get(0)));
    assertTrue(json.get("rows").get(0).get("libtorch_sparse_us").isNumber());
    assertTrue(json.get("rows").get(1).get("libtorch_sparse_us").isNull());
    assertEquals("above", json.get("break_even").get(0).get("bound").asText());
  }

  private static List<String> keys(JsonNode node) {
    List<String> keys = new ArrayList<>();
    node.fieldNames().forEachRemaining(keys::add);
    return keys;
  }
}
