package io.coppice.cli.bench;

import ai.djl.ndarray.NDManager;
import io.coppice.framework.execution.Awaited;
import io.coppice.framework.execution.EngineProducts;
import io.coppice.framework.execution.Pass;
import io.coppice.framework.execution.PassTimer;
import io.coppice.framework.ops.Layout;
import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.ops.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Times a linear layer: dense, in each layout, and with the engine's own sparse matrices. */
record LinearTrial(SparseOps ops, Optional<EngineProducts> engine, PassTimer timer) {
  private static final long SEED = 1;

  /**
   * A row per layout for the forward pass, then one for the backward pass where it is trained.
   *
   * @throws io.coppice.framework.recipe.RecipeException when the home has no such precision
   */
  List<OpsRow> rows(LinearCase what) {
    SparseOps products = ops.in(what.precision());
    List<SparseLayer> sparse = new ArrayList<>();
    try (NDManager manager = NDManager.newBaseManager(ops.device())) {
      DenseLayer dense = new DenseLayer(engine, what, manager);
      for (Layout layout : what.layouts()) {
        sparse.add(SparseLayer.linear(products, topology(layout, what), what.batch()));
      }
      List<Pass> forward = awaited(sparse.stream().map(SparseLayer::forward).toList());
      List<Pass> enginesOwn =
          what.meetsTheEnginesOwn(ops.device())
              ? awaited(dense.sparseForward(topology(new Layout.Csr(), what)))
              : List.of();
      List<OpsRow> rows =
          Race.run(timer, awaited(dense.forward()), forward, enginesOwn).rows("forward", what);
      if (what.trains()) {
        List<Pass> backward = awaited(sparse.stream().map(SparseLayer::backward).toList());
        rows.addAll(
            Race.run(timer, awaited(dense.backward()), backward, List.of()).rows("backward", what));
      }
      return rows;
    } finally {
      sparse.forEach(SparseLayer::close);
    }
  }

  private List<Pass> awaited(List<Pass> passes) {
    return passes.stream().map(pass -> Awaited.on(ops, pass)).toList();
  }

  private static Topology topology(Layout layout, LinearCase what) {
    return RandomTopology.of(layout, what.out(), what.in(), what.sparsity(), SEED);
  }
}
