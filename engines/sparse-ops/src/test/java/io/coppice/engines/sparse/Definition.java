package io.coppice.engines.sparse;

import io.coppice.engines.sparse.DenseProduct.Sums;

/** What a product and its gradients are, in double precision. */
interface Definition {

  /** No sum of these has more terms. */
  int terms(int batch);

  /** y [batch, outputs]; bias may be null. */
  Sums forward(float[] x, int batch, float[] bias);

  /** The gradient of x [batch, inputs]. */
  Sums dx(double[] dy, int batch);

  /** The gradient of the dense weights [rows, columns]. */
  Sums dw(double[] dy, float[] x, int batch);

  /** The gradient of the bias [rows]. */
  Sums dbias(double[] dy, int batch);
}
