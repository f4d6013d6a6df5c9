package io.coppice.framework.network.models;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv1d;
import ai.djl.nn.core.Linear;
import io.coppice.framework.network.Initialization;
import io.coppice.framework.network.Model;
import io.coppice.framework.recipe.Require;

/**
 * The convolutional network of MNIST-1D (Greydanus and Kobak 2024): three convolutions over time
 * with kernels 5, 3, 3, stride 2, padding 1 and ReLU, then one linear layer; 5,210 parameters at 25
 * channels.
 */
public record Mnist1dCnn(int channels, Initialization initialization) implements Model {
  public Mnist1dCnn {
    Require.atLeast("channels", channels, 1);
  }

  /** The paper's 25 channels, Kaiming normal. */
  public Mnist1dCnn() {
    this(25, Initialization.KAIMING_NORMAL);
  }

  public Mnist1dCnn initialization(Initialization initialization) {
    return new Mnist1dCnn(channels, initialization);
  }

  @Override
  public String name() {
    return "MNIST-1D CNN";
  }

  @Override
  public Block block(Shape sample, int classes) {
    return new SequentialBlock()
        .add(Reshape.to(new Shape(1, sample.size())))
        .add(convolution(5))
        .add(Activation.reluBlock())
        .add(convolution(3))
        .add(Activation.reluBlock())
        .add(convolution(3))
        .add(Activation.reluBlock())
        .add(Blocks.batchFlattenBlock())
        .add(Linear.builder().setUnits(classes).build());
  }

  private Block convolution(int kernel) {
    return Conv1d.builder()
        .setKernelShape(new Shape(kernel))
        .setFilters(channels)
        .optStride(new Shape(2))
        .optPadding(new Shape(1))
        .build();
  }
}
