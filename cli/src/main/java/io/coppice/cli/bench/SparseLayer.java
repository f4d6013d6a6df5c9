package io.coppice.cli.bench;

import io.coppice.framework.execution.Pass;
import io.coppice.framework.ops.Backward;
import io.coppice.framework.ops.ConvolutionShape;
import io.coppice.framework.ops.FloatMemory;
import io.coppice.framework.ops.Floats;
import io.coppice.framework.ops.Forward;
import io.coppice.framework.ops.ProductArguments;
import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.ops.Topology;
import java.util.SplittableRandom;

/** A sparse layer on noise, with memory at hand for its outputs and gradients. */
final class SparseLayer implements AutoCloseable {
  private final FloatMemory memory;
  private final SparseOps.Product product;
  private final Forward forward;
  private final Backward backward;

  private SparseLayer(
      FloatMemory memory, SparseOps.Product product, ProductArguments lengths, int batch) {
    this.memory = memory;
    this.product = product;
    long inputs = (long) batch * lengths.inputs();
    long outputs = (long) batch * lengths.outputs();
    Floats values = noise(lengths.values());
    Floats x = noise(inputs);
    Floats bias = noise(lengths.bias());
    forward = new Forward(values, x, batch, bias, false, memory.allocate(outputs));
    backward =
        new Backward(
            values,
            x,
            Floats.NONE,
            noise(outputs),
            batch,
            memory.allocate(inputs),
            memory.allocate(lengths.values()),
            memory.allocate(lengths.bias()));
  }

  /** A linear layer. */
  static SparseLayer linear(SparseOps ops, Topology topology, int batch) {
    return new SparseLayer(
        ops.memory(), ops.product(topology), ProductArguments.of(topology), batch);
  }

  /** A convolution. */
  static SparseLayer convolution(
      SparseOps ops, Topology weights, ConvolutionShape shape, int batch) {
    return new SparseLayer(
        ops.memory(), ops.convolution(weights, shape), ProductArguments.of(weights, shape), batch);
  }

  private Floats noise(long count) {
    float[] numbers = new float[Math.toIntExact(count)];
    SplittableRandom random = new SplittableRandom(count);
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) random.nextDouble(-1, 1);
    }
    return memory.copyOf(numbers);
  }

  /** The outputs, with the bias. */
  Pass forward() {
    return new Timed(() -> product.forward(forward));
  }

  /** All gradients. */
  Pass backward() {
    return new Timed(() -> product.backward(backward));
  }

  /** The gradient of the inputs alone. */
  Pass inputGradient() {
    Floats none = Floats.NONE;
    Backward wanted =
        new Backward(
            backward.values(),
            none,
            none,
            backward.dy(),
            backward.batch(),
            backward.dx(),
            none,
            none);
    return new Timed(() -> product.backward(wanted));
  }

  /** Goes over to another topology of as many values; false where it cannot. */
  boolean move(Topology to) {
    return product.move(to);
  }

  Topology topology() {
    return product.topology();
  }

  @Override
  public void close() {
    product.close();
  }
}
