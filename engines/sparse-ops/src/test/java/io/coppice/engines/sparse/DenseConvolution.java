package io.coppice.engines.sparse;

import io.coppice.engines.sparse.DenseProduct.Sums;
import io.coppice.framework.ops.ConvolutionShape;

/**
 * The definition of a convolution and its gradients, over the dense weights in double precision.
 *
 * @param w [rows][columns]
 */
record DenseConvolution(double[][] w, ConvolutionShape shape) implements Definition {

  /** Takes one product of the sum that is an output. */
  @FunctionalInterface
  private interface Visitor {
    void visit(int output, int row, int column, int input);
  }

  private int pixels() {
    return shape.outputHeight() * shape.outputWidth();
  }

  private int outputs(int batch) {
    return batch * w.length * pixels();
  }

  private int rowOf(int output) {
    return output / pixels() % w.length;
  }

  private void forEach(int batch, Visitor visitor) {
    int kernel = shape.kernelHeight() * shape.kernelWidth();
    int perGroup = w.length / shape.groups();
    for (int output = 0; output < outputs(batch); output++) {
      int row = rowOf(output);
      int example = output / pixels() / w.length;
      int firstRow = output % pixels() / shape.outputWidth() * shape.stride() - shape.padding();
      int firstColumn = output % shape.outputWidth() * shape.stride() - shape.padding();
      for (int column = 0; column < shape.columns(); column++) {
        int channel = row / perGroup * (shape.channelsIn() / shape.groups()) + column / kernel;
        int h = firstRow + column % kernel / shape.kernelWidth();
        int v = firstColumn + column % shape.kernelWidth();
        if (h >= 0 && h < shape.height() && v >= 0 && v < shape.width()) {
          int plane = example * shape.channelsIn() + channel;
          visitor.visit(output, row, column, (plane * shape.height() + h) * shape.width() + v);
        }
      }
    }
  }

  @Override
  public int terms(int batch) {
    int kernel = shape.kernelHeight() * shape.kernelWidth();
    return shape.columns() + w.length * kernel + batch * pixels();
  }

  @Override
  public Sums forward(float[] x, int batch, float[] bias) {
    Sums y = new Sums(outputs(batch));
    for (int output = 0; bias != null && output < outputs(batch); output++) {
      y.add(output, bias[rowOf(output)]);
    }
    forEach(batch, (output, row, column, input) -> y.add(output, w[row][column] * x[input]));
    return y;
  }

  @Override
  public Sums dx(double[] dy, int batch) {
    Sums dx = new Sums(batch * shape.inputs());
    forEach(batch, (output, row, column, input) -> dx.add(input, w[row][column] * dy[output]));
    return dx;
  }

  @Override
  public Sums dw(double[] dy, float[] x, int batch) {
    Sums dw = new Sums(w.length * shape.columns());
    forEach(
        batch,
        (output, row, column, input) ->
            dw.add(row * shape.columns() + column, dy[output] * x[input]));
    return dw;
  }

  @Override
  public Sums dbias(double[] dy, int batch) {
    Sums dbias = new Sums(w.length);
    for (int output = 0; output < outputs(batch); output++) {
      dbias.add(rowOf(output), dy[output]);
    }
    return dbias;
  }
}
