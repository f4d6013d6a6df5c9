package io.coppice.framework.execution;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.coppice.framework.blocks.SparseLinear;
import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.ops.Topology;

/**
 * The forward pass of a linear layer in one topology as a network runs it, on normal numbers: with
 * the engine's arrays, whose making counts where a product takes but microseconds.
 */
final class LayerPass implements Pass {
  private final NDManager manager;
  private final ParameterStore store;
  private final SparseLinear layer;
  private final NDArray x;

  LayerPass(SparseOps ops, LayerWeights weights, Topology topology, int batch) {
    manager = NDManager.newBaseManager(ops.device());
    store = new ParameterStore(manager, false);
    layer =
        SparseLinear.builder(topology).ops(ops).values(topology.gather(weights.dense())).build();
    layer.initialize(manager, DataType.FLOAT32, new Shape(1, topology.columns()));
    x = manager.randomNormal(0, 1, new Shape(batch, topology.columns()), DataType.FLOAT32);
  }

  @Override
  public void run() {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      layer.forward(store, new NDList(x), false);
    }
  }

  @Override
  public void close() {
    layer.clear();
    manager.close();
  }
}
