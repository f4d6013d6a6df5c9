package io.coppice.framework.network;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import io.coppice.framework.recipe.RecipeException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A model's block with its first weights.
 *
 * @param weights those of every layer, in the order data flows
 */
record DrawnBlock(Block block, List<Layer> weights) {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  /**
   * Builds the block and draws its weights, but for those that it brings with it.
   *
   * @throws RecipeException when its output for one example is not a value per class
   */
  static DrawnBlock of(Model model, Shape sample, int classes, long seed, NDManager manager) {
    Shape example = new Shape(1).addAll(sample);
    Block block = model.block(sample, classes);
    Set<Parameter> brought = new HashSet<>(block.getParameters().values());
    brought.removeIf(parameter -> !parameter.isInitialized());
    brought.forEach(parameter -> parameter.getArray().attach(manager));
    block.initialize(manager, DataType.FLOAT32, example);
    List<Layer> weights = Layers.of(block);
    for (Layer layer : weights) {
      draw(layer, model.initialization(), seed, brought);
    }
    Shape[] outputs = block.getOutputShapes(new Shape[] {example});
    if (outputs.length != 1 || !outputs[0].equals(new Shape(1, classes))) {
      throw RecipeException.of(
          "the output of " + model.name() + " for one example of " + sample,
          Arrays.toString(outputs),
          "one array of shape [1, " + classes + "], a value per class");
    }
    return new DrawnBlock(block, weights);
  }

  private static void draw(
      Layer layer, Initialization initialization, long seed, Set<Parameter> brought) {
    if (!brought.contains(layer.parameter())) {
      long mixed = new SplittableRandom(seed).nextLong() ^ layer.name().hashCode() * GOLDEN;
      Network.write(layer.parameter(), initialization.sample(layer.shape(), new Random(mixed)));
    }
    if (layer.bias() != null && !brought.contains(layer.bias())) {
      Network.write(layer.bias(), new float[Math.toIntExact(layer.bias().getShape().size())]);
    }
  }
}
