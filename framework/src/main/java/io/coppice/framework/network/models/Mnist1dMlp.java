package io.coppice.framework.network.models;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import io.coppice.framework.network.Initialization;
import io.coppice.framework.network.Model;
import io.coppice.framework.recipe.Require;

/**
 * The fully connected network of MNIST-1D (Greydanus and Kobak 2024): h₁ = ReLU(L₁x), h₂ = h₁ +
 * ReLU(L₂h₁), logits L₃h₂; 15,210 parameters at width 100.
 */
public record Mnist1dMlp(int width, Initialization initialization) implements Model {
  public Mnist1dMlp {
    Require.atLeast("width", width, 1);
  }

  /** The paper's width of 100, Kaiming normal. */
  public Mnist1dMlp() {
    this(100, Initialization.KAIMING_NORMAL);
  }

  public Mnist1dMlp initialization(Initialization initialization) {
    return new Mnist1dMlp(width, initialization);
  }

  @Override
  public String name() {
    return "MNIST-1D MLP";
  }

  @Override
  public Block block(Shape sample, int classes) {
    SequentialBlock block = new SequentialBlock();
    if (sample.dimension() != 1) {
      block.add(Blocks.batchFlattenBlock(sample.size()));
    }
    SequentialBlock second = new SequentialBlock().add(linear(width)).add(Activation.reluBlock());
    Block residual =
        new ParallelBlock(
                outputs ->
                    new NDList(
                        outputs.get(0).singletonOrThrow().add(outputs.get(1).singletonOrThrow())))
            .add(Blocks.identityBlock())
            .add(second);
    return block.add(linear(width)).add(Activation.reluBlock()).add(residual).add(linear(classes));
  }

  private static Block linear(int units) {
    return Linear.builder().setUnits(units).build();
  }
}
