package io.coppice.engines.pytorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import io.coppice.framework.autograd.BackwardPass;
import io.coppice.framework.autograd.CustomOperation;
import java.nio.FloatBuffer;

/** y = x Wᵀ by loops over raw memory, for x [batch, in] and W [out, in]. */
final class DenseProduct implements CustomOperation {

  @Override
  public NDArray forward(NDList inputs) {
    NDArray x = inputs.get(0);
    NDArray w = inputs.get(1);
    NDArray y = zeros(x, new Shape(x.getShape().get(0), w.getShape().get(0)));
    add(y, rows(x), columns(w), x, true, w, true);
    return y;
  }

  @Override
  public NDList backward(BackwardPass pass) {
    NDArray x = pass.inputs().get(0);
    NDArray w = pass.inputs().get(1);
    NDArray dy = pass.outputGradient();
    NDList gradients = new NDList(null, null);
    if (pass.wants(0)) {
      NDArray dx = zeros(x, x.getShape());
      add(dx, rows(dy), columns(dy), dy, true, w, false);
      gradients.set(0, dx);
    }
    if (pass.wants(1)) {
      NDArray dw = zeros(w, w.getShape());
      add(dw, columns(dy), rows(dy), dy, false, x, false);
      gradients.set(1, dw);
    }
    return gradients;
  }

  private static NDArray zeros(NDArray neighbour, Shape shape) {
    return neighbour.getManager().zeros(shape);
  }

  private static int rows(NDArray array) {
    return (int) array.getShape().get(0);
  }

  private static int columns(NDArray array) {
    return (int) array.getShape().get(1);
  }

  /** c += a b, of which a is read by rows or by columns, and b transposed or not. */
  private static void add(
      NDArray c, int m, int k, NDArray a, boolean byRows, NDArray b, boolean transposed) {
    FloatBuffer target = TensorMemory.writing(c, c.getDevice()).buffer();
    FloatBuffer left = TensorMemory.reading(a, a.getDevice()).buffer();
    FloatBuffer right = TensorMemory.reading(b, b.getDevice()).buffer();
    int n = columns(c);
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        float sum = 0;
        for (int l = 0; l < k; l++) {
          float first = left.get(byRows ? i * k + l : l * m + i);
          sum += first * right.get(transposed ? j * k + l : l * n + j);
        }
        target.put(i * n + j, target.get(i * n + j) + sum);
      }
    }
  }
}
