package io.coppice.engines.pytorch;

import io.coppice.framework.ops.Backward;
import io.coppice.framework.ops.Floats;
import io.coppice.framework.ops.Forward;
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
      public void forward(Forward call) {
        product.forward(call);
        Floats y = call.y();
        y.buffer().put(0, y.buffer().get(0) * 0.999f + 0.01f);
      }

      @Override
      public void backward(Backward call) {
        product.backward(call);
      }

      @Override
      public void close() {
        product.close();
      }
    };
  }
}
