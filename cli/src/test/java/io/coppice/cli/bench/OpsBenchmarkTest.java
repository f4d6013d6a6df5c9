package io.coppice.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.coppice.framework.execution.EngineProducts;
import io.coppice.framework.execution.Pass;
import io.coppice.framework.execution.PassTimer;
import io.coppice.framework.ops.Backward;
import io.coppice.framework.ops.ConvolutionShape;
import io.coppice.framework.ops.Forward;
import io.coppice.framework.ops.JavaOps;
import io.coppice.framework.ops.Layout;
import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.ops.Topology;
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
    return run(timer, timer, cases);
  }

  private OpsBenchmark.Figures run(PassTimer timer, PassTimer stepTimer, OpsCase... cases) {
    return new OpsBenchmark(
            new OpsPlan(List.of(cases)), timer, stepTimer, Device.cpu(), progress::add)
        .run();
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
        new OpsRow(
            "forward", "block 4x1", 10, 12, 3, 0.9, 1, 10, 14, 10 / 14.0, 15.0, "float32", "10x12"),
        figures.rows().get(1));
    assertEquals("12-9-3", figures.rows().get(8).subject());
    assertEquals(
        List.of("1 of 4", "2 of 4", "3 of 4", "4 of 4"),
        progress.stream()
            .filter(line -> line.matches("\\d of .*"))
            .map(line -> line.replaceFirst(":.*", ""))
            .toList());
  }

  /** Plain Java's convolution as a home of its own would give it. */
  private record Convolving(SparseOps.Convolution java) implements SparseOps.Convolution {
    @Override
    public ConvolutionShape shape() {
      return java.shape();
    }

    @Override
    public Topology topology() {
      return java.topology();
    }

    @Override
    public void forward(Forward call) {
      java.forward(call);
    }

    @Override
    public void backward(Backward call) {
      java.backward(call);
    }

    @Override
    public void close() {
      java.close();
    }
  }

  private static final class Home implements SparseOps {
    @Override
    public String name() {
      return "home";
    }

    @Override
    public Product product(Topology topology) {
      return new JavaOps().product(topology);
    }

    @Override
    public Convolution convolution(Topology weights, ConvolutionShape shape) {
      return new Convolving(SparseOps.super.convolution(weights, shape));
    }
  }

  @Test
  void timesConvolutionsOfAHomeThatHasThem() {
    EngineSupport.find().start();
    assertFalse(ConvolutionTrial.isServedBy(new JavaOps()));
    assertTrue(ConvolutionTrial.isServedBy(new Home()));
    ConvolutionShape shape = new ConvolutionShape(4, 6, 5, 3, 3, 2, 1, 2);
    List<Layout> csr = List.of(new Layout.Csr());
    List<OpsRow> rows =
        new ConvolutionTrial(new Home(), EngineProducts.find(), ONCE)
            .rows(new ConvolutionCase(8, shape, 3, 0.5, 1, csr));
    String what = "8x4 3x3 on 6x5";
    OpsRow expected =
        new OpsRow("conv2d", "csr", 8, 4, 3, 0.5, 1, 10, 12, 10 / 12.0, null, "float32", what);
    assertEquals(List.of(expected), rows);
  }

  @Test
  void timesMovesWhereAnIndexFollows() {
    MoveCase what = new MoveCase(10, 12, 3, 0.9, 1, LAYOUTS);
    assertEquals(List.of(), new MoveTrial(new JavaOps(), ONCE).rows(what));
    List<MoveRow> expected =
        SparseOps.serving(Device.cpu()).isEmpty()
            ? List.of()
            // the move alone is timed first; with the transpose it is the third less the second
            : List.of(
                new MoveRow("csr", 10, 12, 0.9, 12, 10, 1),
                new MoveRow("block 4x1", 10, 12, 0.9, 4, 10, 1));
    assertEquals(expected, run(ONCE, what).moves());
  }

  @Test
  void stepsHaveATimerOfTheirOwn() {
    List<Integer> passes = new ArrayList<>();
    PassTimer watching =
        steps -> {
          passes.add(steps.size());
          return ONCE.microseconds(steps);
        };
    run(
        ONCE,
        watching,
        new LinearCase(4, 4, 1, 0.5, 1, LAYOUTS),
        new StepCase(List.of(6, 4, 2), 2, 0.5, 1, LAYOUTS));
    assertEquals(List.of(3), passes);
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
    assertEquals(List.of("machine", "ops", "rows", "moves", "break_even"), keys(json));
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
            "precision",
            "subject"),
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
