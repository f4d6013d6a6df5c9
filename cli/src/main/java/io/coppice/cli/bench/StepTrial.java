package io.coppice.cli.bench;

import io.coppice.framework.execution.Pass;
import io.coppice.framework.execution.PassTimer;
import io.coppice.framework.network.Model;
import io.coppice.framework.network.models.Mlp;
import io.coppice.framework.ops.Layout;
import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.recipe.StoppedException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Times training steps of a network: dense, and with sparse layers in each layout. A step is for
 * the most part Java and many small calls, which the machine compiles while they run.
 */
record StepTrial(SparseOps ops, PassTimer timer) {
  private static final long UNTIL_COMPILED_NS = 1_000_000_000L;

  /** A row per layout. */
  List<OpsRow> rows(StepCase what) {
    int[] hidden = what.hidden().stream().mapToInt(width -> width).toArray();
    List<Pass> sparse = new ArrayList<>();
    for (Layout layout : what.layouts()) {
      sparse.add(step(what, new SparseMlp(what.hidden(), layout, what.sparsity(), ops)));
    }
    List<Pass> dense = List.of(step(what, Mlp.of(hidden)));
    Stream.concat(dense.stream(), sparse.stream()).forEach(StepTrial::compile);
    return Race.run(timer, dense, sparse, List.of()).rows("train_step", what);
  }

  private static void compile(Pass step) {
    long start = System.nanoTime();
    while (System.nanoTime() - start < UNTIL_COMPILED_NS) {
      StoppedException.check("timing");
      step.run();
    }
  }

  private static Pass step(StepCase what, Model model) {
    return new TrainingStep(model, what.inputs(), what.classes(), what.batch());
  }
}
