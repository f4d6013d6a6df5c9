package io.coppice.cli.bench;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.StandardCapabilities;
import io.coppice.framework.execution.EngineProducts;
import io.coppice.framework.execution.PassTimer;
import io.coppice.framework.ops.MissingOpsException;
import io.coppice.framework.ops.Precision;
import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.optimize.EngineSupport;
import io.coppice.framework.recipe.RecipeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

/** Times the sparse operations and whole training steps against the engine's dense ones. */
final class OpsBenchmark {

  /**
   * What was measured, keyed as the JSON file is.
   *
   * @param ops the home of the sparse operations, with the instructions that it used
   */
  record Figures(
      Map<String, String> machine,
      String ops,
      List<OpsRow> rows,
      List<MoveRow> moves,
      List<BreakEven> break_even) {}

  private final OpsPlan plan;
  private final PassTimer timer;
  private final PassTimer stepTimer;
  private final Device device;
  private final Consumer<String> progress;

  /**
   * @param timer of single operations
   * @param stepTimer of training steps
   * @param device on which everything runs
   */
  OpsBenchmark(
      OpsPlan plan,
      PassTimer timer,
      PassTimer stepTimer,
      Device device,
      Consumer<String> progress) {
    this.plan = plan;
    this.device = device;
    this.timer = timer;
    this.stepTimer = stepTimer;
    this.progress = progress;
  }

  Figures run() {
    EngineSupport.find().start();
    SparseOps ops = SparseOps.find(device);
    requireEngineOn(device);
    Optional<EngineProducts> engine = EngineProducts.find();
    progress.accept("sparse operations: " + ops.name());
    LinearTrial layers = new LinearTrial(ops, engine, timer);
    ConvolutionTrial convolutions = new ConvolutionTrial(ops, engine, timer);
    MoveTrial indices = new MoveTrial(ops, timer);
    StepTrial steps = new StepTrial(ops, stepTimer);
    List<OpsRow> rows = new ArrayList<>();
    List<MoveRow> moves = new ArrayList<>();
    List<OpsCase> cases = served(ops);
    int begun = 0;
    int threads = engine.map(EngineProducts::threads).orElse(1);
    try {
      for (OpsCase what : cases) {
        if (Thread.currentThread().isInterrupted()) {
          throw new CancellationException("stopped before " + what.described());
        }
        progress.accept(++begun + " of " + cases.size() + ": " + what.described());
        engine.ifPresent(products -> products.useThreads(what.threads()));
        if (what instanceof LinearCase layer) {
          rows.addAll(layers.rows(layer));
        } else if (what instanceof ConvolutionCase convolution) {
          rows.addAll(convolutions.rows(convolution));
        } else if (what instanceof MoveCase move) {
          moves.addAll(indices.rows(move));
        } else if (what instanceof StepCase step) {
          rows.addAll(steps.rows(step));
        }
      }
    } finally {
      engine.ifPresent(products -> products.useThreads(threads));
    }
    return new Figures(Machine.describe(), ops.name(), rows, moves, BreakEven.of(rows));
  }

  /** The plan's cases but for those that the home has nothing for, which are told. */
  private List<OpsCase> served(SparseOps ops) {
    List<OpsCase> cases = plan.cases();
    if (!ConvolutionTrial.isServedBy(ops)) {
      progress.accept(ops.name() + " has no convolution of its own: none is timed");
      cases = cases.stream().filter(what -> !(what instanceof ConvolutionCase)).toList();
    }
    for (Precision precision : Precision.values()) {
      if (cases.stream().anyMatch(what -> what.precision() == precision)) {
        try {
          ops.in(precision);
        } catch (RecipeException refusal) {
          progress.accept("nothing in " + precision + " is timed: " + refusal.getMessage());
          cases = cases.stream().filter(what -> what.precision() != precision).toList();
        }
      }
    }
    return cases;
  }

  private static void requireEngineOn(Device device) {
    if (device.isGpu() && !Engine.getInstance().hasCapability(StandardCapabilities.CUDA)) {
      throw new MissingOpsException(
          "nothing can be timed on " + device + ": this build of PyTorch has no CUDA");
    }
  }
}
