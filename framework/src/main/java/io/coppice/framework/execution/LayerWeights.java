package io.coppice.framework.execution;

import io.coppice.framework.network.Layer;
import io.coppice.framework.network.Replaceable;
import io.coppice.framework.ops.ConvolutionShape;
import io.coppice.framework.ops.Layout;
import io.coppice.framework.ops.Topology;
import io.coppice.framework.recipe.Require;
import java.util.Optional;

/**
 * A layer's weights as a matrix.
 *
 * @param layer its name
 * @param rows the outputs, or the channels of a convolution
 * @param columns the inputs, or those under a convolution's kernel
 * @param dense row-major [rows, columns], with exact zeros where pruned
 * @param convolution the geometry of a convolution
 */
public record LayerWeights(
    String layer, int rows, int columns, float[] dense, Optional<ConvolutionShape> convolution) {

  /**
   * @throws io.coppice.framework.recipe.RecipeException when the array or the convolution does not
   *     fit the matrix
   */
  public LayerWeights {
    Require.atLeast("rows of " + layer, rows, 1);
    Require.atLeast("columns of " + layer, columns, 1);
    Require.that(
        dense.length == (long) rows * columns,
        "length of the weights of " + layer,
        dense.length,
        rows + " · " + columns);
  }

  /** The weights of a layer that has sparse forms. */
  static LayerWeights of(Replaceable replaceable) {
    Layer layer = replaceable.layer();
    int outputs = Math.toIntExact(layer.outputs());
    float[] dense = layer.weight().toFloatArray();
    return new LayerWeights(
        layer.name(), outputs, dense.length / outputs, dense, replaceable.convolution());
  }

  /** The weights of a linear layer [out, in]. */
  public static LayerWeights linear(String layer, int out, int in, float[] dense) {
    return new LayerWeights(layer, out, in, dense, Optional.empty());
  }

  /** The weights of a convolution [channelsOut, channelsIn / groups, height, width]. */
  public static LayerWeights convolution(
      String layer, int channelsOut, ConvolutionShape shape, float[] dense) {
    return new LayerWeights(layer, channelsOut, shape.columns(), dense, Optional.of(shape));
  }

  /** The fraction of exact zeros. */
  public double sparsity() {
    int zeros = 0;
    for (float weight : dense) {
      zeros += weight == 0 ? 1 : 0;
    }
    return (double) zeros / dense.length;
  }

  /** The bytes of the whole matrix. */
  long bytes() {
    return (long) Float.BYTES * dense.length;
  }

  Topology topology(Layout layout) {
    return Topology.of(layout, rows, columns, dense);
  }
}
