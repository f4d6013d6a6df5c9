package io.coppice.engines.sparse;

/**
 * The definition of a product and its gradients, over the dense matrix in double precision, with
 * the sums of absolute terms that bound what rounding may change.
 *
 * @param w [rows][columns]
 */
record DenseProduct(double[][] w) implements Definition {

  /** Numbers and, for each, the sum of its terms' absolute values. */
  record Sums(double[] numbers, double[] magnitudes) {
    Sums(int count) {
      this(new double[count], new double[count]);
    }

    void add(int at, double term) {
      numbers[at] += term;
      magnitudes[at] += Math.abs(term);
    }
  }

  private int rows() {
    return w.length;
  }

  private int columns() {
    return w[0].length;
  }

  @Override
  public int terms(int batch) {
    return columns() + rows() + batch;
  }

  /** x Wᵀ + bias [batch, rows]; bias may be null. */
  @Override
  public Sums forward(float[] x, int batch, float[] bias) {
    Sums y = new Sums(batch * rows());
    for (int b = 0; b < batch; b++) {
      for (int row = 0; row < rows(); row++) {
        int at = b * rows() + row;
        if (bias != null) {
          y.add(at, bias[row]);
        }
        for (int column = 0; column < columns(); column++) {
          y.add(at, w[row][column] * x[b * columns() + column]);
        }
      }
    }
    return y;
  }

  /** dy W [batch, columns]. */
  @Override
  public Sums dx(double[] dy, int batch) {
    Sums dx = new Sums(batch * columns());
    for (int b = 0; b < batch; b++) {
      for (int row = 0; row < rows(); row++) {
        for (int column = 0; column < columns(); column++) {
          dx.add(b * columns() + column, dy[b * rows() + row] * w[row][column]);
        }
      }
    }
    return dx;
  }

  /** dyᵀ x [rows, columns]. */
  @Override
  public Sums dw(double[] dy, float[] x, int batch) {
    Sums dw = new Sums(rows() * columns());
    for (int b = 0; b < batch; b++) {
      for (int row = 0; row < rows(); row++) {
        for (int column = 0; column < columns(); column++) {
          dw.add(row * columns() + column, dy[b * rows() + row] * x[b * columns() + column]);
        }
      }
    }
    return dw;
  }

  /** dy summed over the batch [rows]. */
  @Override
  public Sums dbias(double[] dy, int batch) {
    Sums dbias = new Sums(rows());
    for (int at = 0; at < batch * rows(); at++) {
      dbias.add(at % rows(), dy[at]);
    }
    return dbias;
  }
}
