package io.coppice.framework.execution;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import io.coppice.framework.blocks.SparseLinear;
import io.coppice.framework.network.Network;
import java.util.List;
import java.util.function.Consumer;

/** A network with each layer in the form that an {@link Execution} chose; for inference only. */
public final class ExecutedNetwork implements AutoCloseable {
  private final NDManager manager;
  private final List<Block> blocks;
  private final ExecutionPlan plan;

  ExecutedNetwork(Network network, List<Block> blocks, ExecutionPlan plan) {
    this.manager = network.manager().newSubManager();
    this.blocks = List.copyOf(blocks);
    this.plan = plan;
    sparse(
        layer ->
            layer.initialize(manager, DataType.FLOAT32, new Shape(1, layer.topology().columns())));
  }

  /** In which form each linear layer runs, and how the others did. */
  public ExecutionPlan plan() {
    return plan;
  }

  /** Maps [batch, sample...] to logits [batch, classes]. */
  public NDArray forward(NDArray batch) {
    ParameterStore store = new ParameterStore(manager, false);
    NDList data = new NDList(batch);
    for (Block block : blocks) {
      data = block.forward(store, data, false);
    }
    return data.singletonOrThrow();
  }

  /** Closes the sparse forms; the network stays as it was. */
  @Override
  public void close() {
    sparse(SparseLinear::clear);
    manager.close();
  }

  private void sparse(Consumer<SparseLinear> action) {
    blocks.stream()
        .filter(SparseLinear.class::isInstance)
        .map(SparseLinear.class::cast)
        .forEach(action);
  }
}
