package io.coppice.engines.pytorch;

import io.coppice.framework.ops.Floats;
import io.coppice.framework.ops.JavaOps;
import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.ops.Topology;

/** Operations that lose a thousandth of their first output. */
final class WrongOps implements SparseOps {
  private final SparseOps right = new JavaOps();

  @Override
  public String name() {
    return "wrong";
  }

  @Override
  public Product product(Topology topology) {
    Product product = right.product(topology);
    return new Product() {
      @Override
      public Topology topology() {
        return topology;
      }

      @Override
      public void forward(Floats values, Floats x, int batch, Floats bias, boolean relu, Floats y) {
        product.forward(values, x, batch, bias, relu, y);
        y.buffer().put(0, y.buffer().get(0) * 0.999f + 0.01f);
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
        product.backward(values, x, y, dy, batch, dx, dvalues, dbias);
      }

      @Override
      public void close() {
        product.close();
      }
    };
  }
}
