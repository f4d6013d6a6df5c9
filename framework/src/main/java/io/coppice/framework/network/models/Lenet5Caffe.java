package io.coppice.framework.network.models;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.pooling.Pool;
import io.coppice.framework.network.Initialization;
import io.coppice.framework.network.Model;
import io.coppice.framework.recipe.RecipeException;
import io.coppice.framework.recipe.Require;
import java.util.Optional;

/**
 * LeNet-5 in Caffe's widths, 20-50-800-500: convolutions of 20 and 50 channels, 5×5, each followed
 * by ReLU and 2×2 max pooling, then 500 ReLU neurons and the classes; on MNIST 500 + 25,000 +
 * 400,000 + 5,000 = 430,500 weights. ReLU follows the convolutions as in the literature on sparse
 * networks (Louizos et al. 2018); Caffe's own file has it after the hidden neurons only.
 *
 * @param dropout the share of the hidden neurons' activations set to 0 in training
 * @param neurons hidden neurons where they are not 500
 */
public record Lenet5Caffe(
    boolean biases, double dropout, Initialization initialization, Optional<Integer> neurons)
    implements Model {
  private static final int USUAL_NEURONS = 500;
  private static final Shape KERNEL = new Shape(5, 5);
  private static final Shape WINDOW = new Shape(2, 2);
  private static final Shape NO_PADDING = new Shape(0, 0);

  public Lenet5Caffe {
    Require.within("dropout", dropout, 0, 1);
    neurons.ifPresent(count -> Require.atLeast("neurons", count, 1));
  }

  /** With biases, without dropout, Kaiming normal. */
  public Lenet5Caffe() {
    this(true, 0, Initialization.KAIMING_NORMAL, Optional.empty());
  }

  public Lenet5Caffe biases(boolean biases) {
    return new Lenet5Caffe(biases, dropout, initialization, neurons);
  }

  public Lenet5Caffe dropout(double dropout) {
    return new Lenet5Caffe(biases, dropout, initialization, neurons);
  }

  public Lenet5Caffe initialization(Initialization initialization) {
    return new Lenet5Caffe(biases, dropout, initialization, neurons);
  }

  /** With another number of hidden neurons, such as for a small network from scratch. */
  public Lenet5Caffe neurons(int count) {
    return new Lenet5Caffe(biases, dropout, initialization, Optional.of(count));
  }

  @Override
  public String name() {
    return "LeNet-5-Caffe" + neurons.map(count -> "-" + count).orElse("");
  }

  /**
   * {@inheritDoc}
   *
   * @param sample [channels, height, width], [height, width], or [pixels] of a square image
   * @throws RecipeException when an example is no image of at least 16×16 pixels
   */
  @Override
  public Block block(Shape sample, int classes) {
    Shape image = image(sample);
    SequentialBlock block = new SequentialBlock();
    if (!image.equals(sample)) {
      block.add(Reshape.to(image));
    }
    block.add(convolution(20)).add(Activation.reluBlock()).add(pool());
    block.add(convolution(50)).add(Activation.reluBlock()).add(pool());
    block
        .add(Blocks.batchFlattenBlock())
        .add(linear(neurons.orElse(USUAL_NEURONS)))
        .add(Activation.reluBlock());
    if (dropout > 0) {
      block.add(Dropout.builder().optRate((float) dropout).build());
    }
    return block.add(linear(classes));
  }

  private static Shape image(Shape sample) {
    long side = Math.round(Math.sqrt(sample.size()));
    Shape image =
        switch (sample.dimension()) {
          case 1 -> new Shape(1, side, side);
          case 2 -> new Shape(1).addAll(sample);
          default -> sample;
        };
    boolean fits = image.dimension() == 3 && image.size() == sample.size();
    if (!fits || image.get(1) < 16 || image.get(2) < 16) {
      throw RecipeException.of(
          "the sample of LeNet-5-Caffe", sample, "images of at least 16×16 pixels");
    }
    return image;
  }

  private Block convolution(int channels) {
    return Conv2d.builder().setKernelShape(KERNEL).setFilters(channels).optBias(biases).build();
  }

  private static Block pool() {
    return Pool.maxPool2dBlock(WINDOW, WINDOW, NO_PADDING);
  }

  private Block linear(int units) {
    return Linear.builder().setUnits(units).optBias(biases).build();
  }
}
