package io.coppice.framework.network.models;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import io.coppice.framework.network.Initialization;
import io.coppice.framework.network.Model;
import io.coppice.framework.recipe.Require;
import java.util.List;

/**
 * Fully connected layers with ReLU between them; the last maps to the classes.
 *
 * @param hidden the hidden layers' widths
 * @param dropout the share of hidden activations set to 0 in training
 */
public record Mlp(
    String name,
    List<Integer> hidden,
    boolean biases,
    double dropout,
    Initialization initialization)
    implements Model {
  public Mlp {
    hidden = List.copyOf(hidden);
    hidden.forEach(width -> Require.atLeast("width", width, 1));
    Require.within("dropout", dropout, 0, 1);
  }

  @Override
  public Block block(Shape sample, int classes) {
    SequentialBlock block = new SequentialBlock();
    block.add(Blocks.batchFlattenBlock(sample.size()));
    for (int width : hidden) {
      block.add(linear(width)).add(Activation.reluBlock());
      if (dropout > 0) {
        block.add(Dropout.builder().optRate((float) dropout).build());
      }
    }
    return block.add(linear(classes));
  }

  private Block linear(int units) {
    return Linear.builder().setUnits(units).optBias(biases).build();
  }
}
