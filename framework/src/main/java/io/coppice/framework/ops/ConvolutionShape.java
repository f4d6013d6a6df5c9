package io.coppice.framework.ops;

import io.coppice.framework.recipe.Require;

/**
 * The geometry of a convolution over images [batch, channelsIn, height, width]; its weights
 * [channelsOut, channelsIn / groups, kernelHeight, kernelWidth] are seen as the matrix
 * [channelsOut, {@link #columns}].
 *
 * @param stride between outputs, along both axes
 * @param padding zeros on each of the four sides
 * @param groups into which the channels fall, each blind to the others
 */
public record ConvolutionShape(
    int channelsIn,
    int height,
    int width,
    int kernelHeight,
    int kernelWidth,
    int stride,
    int padding,
    int groups) {

  /**
   * @throws io.coppice.framework.recipe.RecipeException when a size is below its least, the kernel
   *     does not fit into the padded image, or the groups do not divide the channels
   */
  public ConvolutionShape {
    Require.atLeast("channelsIn", channelsIn, 1);
    Require.atLeast("height", height, 1);
    Require.atLeast("width", width, 1);
    Require.atLeast("stride", stride, 1);
    Require.atLeast("padding", padding, 0);
    Require.atLeast("groups", groups, 1);
    Require.that(
        channelsIn % groups == 0, "groups", groups, "a divisor of channelsIn " + channelsIn);
    requireKernel("kernelHeight", kernelHeight, height, padding);
    requireKernel("kernelWidth", kernelWidth, width, padding);
    Sizes.product("channelsIn · height · width", channelsIn, height, width);
    Sizes.product("columns", channelsIn / groups, kernelHeight, kernelWidth);
  }

  private static void requireKernel(String name, int kernel, int size, int padding) {
    long padded = size + 2L * padding;
    Require.that(kernel >= 1 && kernel <= padded, name, kernel, "1 to the padded size " + padded);
    Require.that(padded <= Integer.MAX_VALUE, "padding", padding, "a padded size below 2^31");
  }

  public int outputHeight() {
    return (height + 2 * padding - kernelHeight) / stride + 1;
  }

  public int outputWidth() {
    return (width + 2 * padding - kernelWidth) / stride + 1;
  }

  /** The columns of the weights' matrix: channelsIn / groups · kernelHeight · kernelWidth. */
  public int columns() {
    return channelsIn / groups * kernelHeight * kernelWidth;
  }

  /** The numbers of one image. */
  public int inputs() {
    return channelsIn * height * width;
  }

  /** The numbers of one example's outputs. */
  public int outputs(int channelsOut) {
    return Sizes.product("outputs", channelsOut, outputHeight(), outputWidth());
  }

  /**
   * Checks that a matrix can be this convolution's weights.
   *
   * @throws io.coppice.framework.recipe.RecipeException when its columns are not {@link #columns}
   *     or the groups do not divide its rows
   */
  public void requireFit(Topology weights) {
    Require.that(weights.columns() == columns(), "columns", weights.columns(), "" + columns());
    Require.that(
        weights.rows() % groups == 0, "rows", weights.rows(), "a multiple of groups " + groups);
    outputs(weights.rows());
  }
}
