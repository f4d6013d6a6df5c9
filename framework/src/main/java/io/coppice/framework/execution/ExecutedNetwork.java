package io.coppice.framework.execution;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import io.coppice.framework.blocks.SparseBlock;
import io.coppice.framework.ops.SparseOps;
import java.util.List;

/** A network with each layer in the form that an {@link Execution} chose; for inference only. */
public final class ExecutedNetwork implements AutoCloseable {
  private final NDManager manager;
  private final SparseOps ops;
  private final List<Block> blocks;
  private final ExecutionPlan plan;

  /**
   * @param manager of the sparse forms' memory, which is closed with this
   */
  ExecutedNetwork(NDManager manager, SparseOps ops, List<Block> blocks, ExecutionPlan plan) {
    this.manager = manager;
    this.ops = ops;
    this.blocks = List.copyOf(blocks);
    this.plan = plan;
  }

  /** In which form each layer runs, and how the others did. */
  public ExecutionPlan plan() {
    return plan;
  }

  /** What runs the sparse forms. */
  public SparseOps ops() {
    return ops;
  }

  /** How many linear layers and convolutions run sparsely. */
  long sparseProducts() {
    return blocks.stream().filter(SparseBlock.class::isInstance).count();
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
    blocks.stream()
        .filter(SparseBlock.class::isInstance)
        .map(SparseBlock.class::cast)
        .forEach(SparseBlock::clear);
    manager.close();
  }
}
