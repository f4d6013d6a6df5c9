package io.coppice.framework.ops;

/**
 * The outputs of a convolution for which one place of the kernel lies on the image and not on its
 * padding: rows [firstRow, endRow) and columns [firstColumn, endColumn); none where an end does not
 * lie after its first.
 */
record KernelWindow(
    ConvolutionShape shape,
    int kernelRow,
    int kernelColumn,
    int firstRow,
    int endRow,
    int firstColumn,
    int endColumn) {

  /** The windows of all places of the kernel, row by row. */
  static KernelWindow[] of(ConvolutionShape shape) {
    KernelWindow[] windows = new KernelWindow[shape.kernelHeight() * shape.kernelWidth()];
    for (int i = 0; i < windows.length; i++) {
      windows[i] = at(shape, i / shape.kernelWidth(), i % shape.kernelWidth());
    }
    return windows;
  }

  private static KernelWindow at(ConvolutionShape shape, int kernelRow, int kernelColumn) {
    return new KernelWindow(
        shape,
        kernelRow,
        kernelColumn,
        first(shape, kernelRow),
        end(shape, kernelRow, shape.height(), shape.outputHeight()),
        first(shape, kernelColumn),
        end(shape, kernelColumn, shape.width(), shape.outputWidth()));
  }

  /** The least output o with o · stride + place - padding at least 0. */
  private static int first(ConvolutionShape shape, int place) {
    return Math.max(0, leastAtLeast(shape.padding() - place, shape.stride()));
  }

  /** The least output o with o · stride + place - padding at least the size. */
  private static int end(ConvolutionShape shape, int place, int size, int outputs) {
    return Math.min(outputs, leastAtLeast(size + shape.padding() - place, shape.stride()));
  }

  /** The least o with o · stride at least the number. */
  private static int leastAtLeast(int number, int stride) {
    return -Math.floorDiv(-number, stride);
  }

  /** The columns of outputs; none if 0 or less. */
  int length() {
    return endColumn - firstColumn;
  }

  /** Where in the image's channel the first column of a row of outputs meets this place. */
  int inputOf(int outputRow) {
    int row = outputRow * shape.stride() + kernelRow - shape.padding();
    int column = firstColumn * shape.stride() + kernelColumn - shape.padding();
    return row * shape.width() + column;
  }
}
