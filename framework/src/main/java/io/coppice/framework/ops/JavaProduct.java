package io.coppice.framework.ops;

import java.util.Arrays;

/**
 * Value by value over the whole batch. Sums are taken in the order of the values; those over the
 * batch in four parts of every fourth example.
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
  public void forward(Forward call) {
    arguments.require(call);
    float[] w = call.values().toArray();
    float[][] xs = Columns.of(call.x().toArray(), call.batch(), topology.columns());
    float[] b = call.bias().isPresent() ? call.bias().toArray() : new float[topology.rows()];
    float[][] ys = new float[topology.rows()][call.batch()];
    for (int row = 0; row < ys.length; row++) {
      Arrays.fill(ys[row], b[row]);
      for (int i = index.starts()[row]; i < index.starts()[row + 1]; i++) {
        addScaled(w[index.positions()[i]], xs[index.columns()[i]], ys[row]);
      }
      if (call.relu()) {
        Rectifier.apply(ys[row]);
      }
    }
    Columns.write(ys, call.batch(), call.y().buffer());
  }

  @Override
  public void backward(Backward call) {
    arguments.require(call);
    int batch = call.batch();
    float[][] dys = Columns.of(Rectifier.masked(call.dy(), call.y()), batch, topology.rows());
    if (call.dx().isPresent()) {
      float[][] dxs = gradientOfInputs(call.values().toArray(), dys, batch);
      Columns.write(dxs, batch, call.dx().buffer());
    }
    if (call.dvalues().isPresent()) {
      float[][] xs = Columns.of(call.x().toArray(), batch, topology.columns());
      call.dvalues().buffer().put(gradientOfValues(xs, dys));
    }
    if (call.dbias().isPresent()) {
      call.dbias().buffer().put(gradientOfBias(dys));
    }
  }

  private float[][] gradientOfInputs(float[] w, float[][] dys, int batch) {
    float[][] dxs = new float[topology.columns()][batch];
    for (int row = 0; row < dys.length; row++) {
      for (int i = index.starts()[row]; i < index.starts()[row + 1]; i++) {
        addScaled(w[index.positions()[i]], dys[row], dxs[index.columns()[i]]);
      }
    }
    return dxs;
  }

  private float[] gradientOfValues(float[][] xs, float[][] dys) {
    float[] gradient = new float[topology.values()];
    for (int row = 0; row < dys.length; row++) {
      for (int i = index.starts()[row]; i < index.starts()[row + 1]; i++) {
        gradient[index.positions()[i]] = dot(dys[row], xs[index.columns()[i]]);
      }
    }
    return gradient;
  }

  private static float[] gradientOfBias(float[][] dys) {
    float[] gradient = new float[dys.length];
    for (int row = 0; row < dys.length; row++) {
      for (float dy : dys[row]) {
        gradient[row] += dy;
      }
    }
    return gradient;
  }

  private static void addScaled(float scale, float[] from, float[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] += scale * from[i];
    }
  }

  private static float dot(float[] a, float[] b) {
    float sum0 = 0;
    float sum1 = 0;
    float sum2 = 0;
    float sum3 = 0;
    int i = 0;
    for (; i <= a.length - 4; i += 4) {
      sum0 += a[i] * b[i];
      sum1 += a[i + 1] * b[i + 1];
      sum2 += a[i + 2] * b[i + 2];
      sum3 += a[i + 3] * b[i + 3];
    }
    for (; i < a.length; i++) {
      sum0 += a[i] * b[i];
    }
    return (sum0 + sum1) + (sum2 + sum3);
  }

  @Override
  public void close() {}
}
