package io.coppice.cli.bench;

import io.coppice.framework.execution.Pass;
import io.coppice.framework.execution.PassTimer;
import io.coppice.framework.network.Model;
import io.coppice.framework.network.models.Mlp;
import io.coppice.framework.ops.Layout;
import io.coppice.framework.ops.SparseOps;
import java.util.ArrayList;
import java.util.List;

/** Times training steps of a network: dense, and with sparse layers in each layout. */
record StepTrial(SparseOps ops, PassTimer timer) {

  /** A row per layout. */
  List<OpsRow> rows(StepCase what) {
    int[] hidden = what.hidden().stream().mapToInt(width -> width).toArray();
    List<Pass> sparse = new ArrayList<>();
    for (Layout layout : what.layouts()) {
      sparse.add(step(what, new SparseMlp(what.hidden(), layout, what.sparsity(), ops)));
    }
    List<Pass> dense = List.of(step(what, Mlp.of(hidden)));
    return Race.run(timer, dense, sparse, List.of()).rows("train_step", what);
  }

  private static Pass step(StepCase what, Model model) {
    return new TrainingStep(model, what.inputs(), what.classes(), what.batch());
  }
}
