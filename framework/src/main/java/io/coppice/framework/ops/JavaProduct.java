package io.coppice.framework.ops;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Value by value over the whole batch: x and y are turned first, so that a column's batch lies side
 * by side. Sums are taken in the order of the values, and over the batch from its first example.
 */
final class JavaProduct implements SparseOps.Product {
  private final Topology topology;
  private final ProductArguments arguments;
  private final ValueRows index;

  JavaProduct(Topology topology) {
    this.topology = topology;
    this.arguments = ProductArguments.of(topology);
    this.index = ValueRows.of(topology);
  }

  @Override
  public Topology topology() {
    return topology;
  }

  @Override
  public void forward(Floats values, Floats x, int batch, Floats bias, boolean relu, Floats y) {
    arguments.requireForward(values, x, batch, bias, y);
    float[] w = values.toArray();
    float[] xOfColumns = Turned.of(x.toArray(), batch, topology.columns());
    float[] b = bias.isPresent() ? bias.toArray() : new float[topology.rows()];
    FloatBuffer out = y.buffer();
    float[] yOfRows = new float[out.capacity()];
    for (int row = 0; row < topology.rows(); row++) {
      int to = row * batch;
      Arrays.fill(yOfRows, to, to + batch, b[row]);
      for (int i = index.starts()[row]; i < index.starts()[row + 1]; i++) {
        float value = w[index.positions()[i]];
        addScaled(value, xOfColumns, index.columns()[i] * batch, yOfRows, to, batch);
      }
    }
    if (relu) {
      Rectifier.apply(yOfRows);
    }
    out.put(Turned.of(yOfRows, topology.rows(), batch));
  }

  @Override
  public void backward(
      Floats values,
      Floats x,
      Floats y,
      Floats dy,
      int batch,
      Floats dx,
      Floats dvalues,
      Floats dbias) {
    arguments.requireBackward(values, x, y, dy, batch, dx, dvalues, dbias);
    float[] dyOfRows = Turned.of(Rectifier.masked(dy, y), batch, topology.rows());
    if (dx.isPresent()) {
      backwardToInputs(values.toArray(), dyOfRows, batch, dx.buffer());
    }
    if (dvalues.isPresent()) {
      dvalues.buffer().put(gradientOfValues(x.toArray(), dyOfRows, batch));
    }
    if (dbias.isPresent()) {
      dbias.buffer().put(gradientOfBias(dyOfRows, batch));
    }
  }

  private void backwardToInputs(float[] w, float[] dyOfRows, int batch, FloatBuffer dx) {
    float[] dxOfColumns = new float[dx.capacity()];
    for (int row = 0; row < topology.rows(); row++) {
      for (int i = index.starts()[row]; i < index.starts()[row + 1]; i++) {
        float value = w[index.positions()[i]];
        addScaled(value, dyOfRows, row * batch, dxOfColumns, index.columns()[i] * batch, batch);
      }
    }
    dx.put(Turned.of(dxOfColumns, topology.columns(), batch));
  }

  private float[] gradientOfValues(float[] x, float[] dyOfRows, int batch) {
    float[] xOfColumns = Turned.of(x, batch, topology.columns());
    float[] gradient = new float[topology.values()];
    for (int row = 0; row < topology.rows(); row++) {
      for (int i = index.starts()[row]; i < index.starts()[row + 1]; i++) {
        gradient[index.positions()[i]] =
            dot(dyOfRows, row * batch, xOfColumns, index.columns()[i] * batch, batch);
      }
    }
    return gradient;
  }

  private float[] gradientOfBias(float[] dyOfRows, int batch) {
    float[] gradient = new float[topology.rows()];
    for (int i = 0; i < dyOfRows.length; i++) {
      gradient[i / batch] += dyOfRows[i];
    }
    return gradient;
  }

  private static void addScaled(float scale, float[] from, int first, float[] to, int at, int n) {
    for (int i = 0; i < n; i++) {
      to[at + i] += scale * from[first + i];
    }
  }

  private static float dot(float[] a, int firstOfA, float[] b, int firstOfB, int n) {
    float sum = 0;
    for (int i = 0; i < n; i++) {
      sum += a[firstOfA + i] * b[firstOfB + i];
    }
    return sum;
  }

  @Override
  public void close() {}
}
