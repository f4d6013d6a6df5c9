package io.coppice.cli.bench;

import io.coppice.framework.execution.Pass;
import io.coppice.framework.ops.Floats;
import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.ops.Topology;
import java.nio.FloatBuffer;
import java.util.SplittableRandom;

/** A sparse layer on noise, with memory at hand for its outputs and gradients. */
final class SparseLayer implements AutoCloseable {
  private final SparseOps.Product product;
  private final int batch;
  private final Floats values;
  private final Floats x;
  private final Floats bias;
  private final Floats y;
  private final Floats dy;
  private final Floats dx;
  private final Floats dvalues;
  private final Floats dbias;

  SparseLayer(SparseOps ops, Topology topology, int batch) {
    this.batch = batch;
    long inputs = (long) batch * topology.columns();
    long outputs = (long) batch * topology.rows();
    values = noise(topology.values());
    x = noise(inputs);
    bias = noise(topology.rows());
    y = Floats.allocate(outputs);
    dy = noise(outputs);
    dx = Floats.allocate(inputs);
    dvalues = Floats.allocate(topology.values());
    dbias = Floats.allocate(topology.rows());
    product = ops.product(topology);
  }

  private static Floats noise(long count) {
    Floats floats = Floats.allocate(count);
    if (count > 0) {
      FloatBuffer buffer = floats.buffer();
      SplittableRandom random = new SplittableRandom(count);
      while (buffer.hasRemaining()) {
        buffer.put((float) random.nextDouble(-1, 1));
      }
    }
    return floats;
  }

  /** y = x Wᵀ + b. */
  Pass forward() {
    return new Timed(() -> product.forward(values, x, batch, bias, false, y));
  }

  /** All gradients. */
  Pass backward() {
    return new Timed(() -> product.backward(values, x, Floats.NONE, dy, batch, dx, dvalues, dbias));
  }

  @Override
  public void close() {
    product.close();
  }
}
