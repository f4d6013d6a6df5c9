package io.coppice.engines.sparse.cuda;

import io.coppice.framework.ops.ConvolutionShape;

/** How images [height, width] are spread, with zeros around and between their numbers. */
record Spread(int height, int width, int step, int top, int left, int toHeight, int toWidth) {

  /** The images that go in, with their padding. */
  static Spread of(ConvolutionShape shape) {
    int padding = shape.padding();
    return new Spread(
        shape.height(),
        shape.width(),
        1,
        padding,
        padding,
        shape.height() + 2 * padding,
        shape.width() + 2 * padding);
  }

  /** The outputs' gradients, for the convolution that takes them back. */
  static Spread back(ConvolutionShape shape) {
    return new Spread(
        shape.outputHeight(),
        shape.outputWidth(),
        shape.stride(),
        shape.kernelHeight() - 1 - shape.padding(),
        shape.kernelWidth() - 1 - shape.padding(),
        shape.height() + shape.kernelHeight() - 1,
        shape.width() + shape.kernelWidth() - 1);
  }

  /** The outputs' gradients as they lie. */
  static Spread none(ConvolutionShape shape) {
    int height = shape.outputHeight();
    int width = shape.outputWidth();
    return new Spread(height, width, 1, 0, 0, height, width);
  }

  /**
   * The numbers of so many spread images.
   *
   * @throws io.coppice.framework.recipe.RecipeException when they are 2^31 or more
   */
  int numbers(int batch, int channels) {
    return KernelInteger.product(
        "batch · channels · padded image", batch, channels, toHeight, toWidth);
  }
}
