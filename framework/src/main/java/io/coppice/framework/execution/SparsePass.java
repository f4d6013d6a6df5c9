package io.coppice.framework.execution;

import io.coppice.framework.ops.Floats;
import io.coppice.framework.ops.Forward;
import io.coppice.framework.ops.ProductArguments;
import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.ops.Topology;
import java.nio.FloatBuffer;
import java.util.Random;

/** The forward pass of a layer's weights in one topology, with a bias, on normal numbers. */
final class SparsePass implements Pass {
  private final SparseOps.Product product;
  private final Forward call;

  SparsePass(SparseOps ops, LayerWeights weights, Topology topology, int batch) {
    ProductArguments lengths =
        weights
            .convolution()
            .map(shape -> ProductArguments.of(topology, shape))
            .orElseGet(() -> ProductArguments.of(topology));
    call =
        new Forward(
            Floats.copyOf(topology.gather(weights.dense())),
            normal((long) batch * lengths.inputs()),
            batch,
            normal(lengths.bias()),
            false,
            Floats.allocate((long) batch * lengths.outputs()));
    product =
        weights.convolution().isPresent()
            ? ops.convolution(topology, weights.convolution().get())
            : ops.product(topology);
  }

  private static Floats normal(long count) {
    Floats floats = Floats.allocate(count);
    FloatBuffer buffer = floats.buffer();
    Random random = new Random(count);
    while (buffer.hasRemaining()) {
      buffer.put((float) random.nextGaussian());
    }
    return floats;
  }

  @Override
  public void run() {
    product.forward(call);
  }

  @Override
  public void close() {
    product.close();
  }
}
