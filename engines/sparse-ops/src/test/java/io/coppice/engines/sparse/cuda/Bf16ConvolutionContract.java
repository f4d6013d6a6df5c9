package io.coppice.engines.sparse.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.coppice.engines.sparse.ProductTrial;
import io.coppice.framework.ops.Backward;
import io.coppice.framework.ops.ConvolutionShape;
import io.coppice.framework.ops.FloatMemory;
import io.coppice.framework.ops.Floats;
import io.coppice.framework.ops.Forward;
import io.coppice.framework.ops.Layout;
import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.ops.Topology;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a convolution in bf16 on a GPU must do besides. */
abstract class Bf16ConvolutionContract extends ConvolutionContract {

  @Override
  ProductTrial trial(
      Topology topology,
      ConvolutionShape shape,
      int batch,
      boolean hasBias,
      boolean relu,
      Random random) {
    return ProductTrial.inBf16(topology, shape, batch, hasBias, relu, random);
  }

  /**
   * 1 + 2^-8 lies between 1 and 1 + 2^-7, of which the even one is 1; no bf16 holds 257. The bias,
   * the outputs and the bias's gradient are not rounded.
   */
  @Test
  void roundsWhatIsMultipliedAndNothingElse() {
    float between = 1 + 1f / 256;
    ConvolutionShape shape = new ConvolutionShape(2, 1, 1, 1, 1, 1, 0, 1);
    Topology topology = Topology.of(new Layout.Csr(), 1, 2, new float[] {1, 1});
    SparseOps ops = open();
    FloatMemory memory = ops.memory();
    Floats values = memory.copyOf(between, 1);
    Floats x = memory.copyOf(256, between);
    Floats y = memory.allocate(1);
    Floats dx = memory.allocate(2);
    Floats dvalues = memory.allocate(2);
    Floats dbias = memory.allocate(1);
    try (SparseOps.Convolution convolution = ops.convolution(topology, shape)) {
      convolution.forward(new Forward(values, x, 1, memory.copyOf(between), true, y));
      Floats dy = memory.copyOf(between);
      convolution.backward(new Backward(values, x, y, dy, 1, dx, dvalues, dbias));
    }
    assertArrayEquals(new float[] {257 + between}, memory.read(y));
    assertArrayEquals(new float[] {1, 1}, memory.read(dx));
    assertArrayEquals(new float[] {256, 1}, memory.read(dvalues));
    assertArrayEquals(new float[] {between}, memory.read(dbias));
  }
}
