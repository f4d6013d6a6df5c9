package io.coppice.cli.bench;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import io.coppice.framework.blocks.SparseLinear;
import io.coppice.framework.network.Model;
import io.coppice.framework.ops.Layout;
import io.coppice.framework.ops.SparseOps;
import java.util.List;

/**
 * Fully connected layers of one sparsity with ReLU between them, of which only the kept weights
 * exist.
 *
 * @param hidden the hidden layers' widths
 */
record SparseMlp(List<Integer> hidden, Layout layout, double sparsity, SparseOps ops)
    implements Model {

  @Override
  public String name() {
    return "sparse MLP";
  }

  @Override
  public Block block(Shape sample, int classes) {
    SequentialBlock block = new SequentialBlock();
    int in = Math.toIntExact(sample.size());
    for (int width : hidden) {
      block.add(layer(width, in, true));
      in = width;
    }
    return block.add(layer(classes, in, false));
  }

  private SparseLinear layer(int out, int in, boolean relu) {
    return SparseLinear.builder(RandomTopology.of(layout, out, in, sparsity, out))
        .ops(ops)
        .relu(relu)
        .build();
  }
}
