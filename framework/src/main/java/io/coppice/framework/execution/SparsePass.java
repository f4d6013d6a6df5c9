package io.coppice.framework.execution;

import io.coppice.framework.ops.FloatMemory;
import io.coppice.framework.ops.Forward;
import io.coppice.framework.ops.ProductArguments;
import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.ops.Topology;
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
    FloatMemory memory = ops.memory();
    call =
        new Forward(
            memory.copyOf(topology.gather(weights.dense())),
            memory.copyOf(normal((long) batch * lengths.inputs())),
            batch,
            memory.copyOf(normal(lengths.bias())),
            false,
            memory.allocate((long) batch * lengths.outputs()));
    product =
        weights.convolution().isPresent()
            ? ops.convolution(topology, weights.convolution().get())
            : ops.product(topology);
  }

  private static float[] normal(long count) {
    float[] numbers = new float[Math.toIntExact(count)];
    Random random = new Random(count);
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
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
