package io.coppice.engines.sparse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coppice.framework.ops.Backward;
import io.coppice.framework.ops.ConvolutionShape;
import io.coppice.framework.ops.Floats;
import io.coppice.framework.ops.Forward;
import io.coppice.framework.ops.Layout;
import io.coppice.framework.ops.Layout.Blocks;
import io.coppice.framework.ops.Layout.Csr;
import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.ops.Topology;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CpuConvolutionMoveTest {
  private static final int MOVES = 6;

  /** Each with its channels out; blocks cross the groups of the last. */
  private static final Object[][] SHAPES = {
    {1, new ConvolutionShape(1, 1, 1, 1, 1, 1, 0, 1)},
    {18, new ConvolutionShape(20, 8, 8, 3, 3, 1, 1, 1)},
    {8, new ConvolutionShape(3, 11, 9, 5, 3, 2, 2, 1)},
    {10, new ConvolutionShape(4, 9, 10, 3, 3, 3, 2, 2)}
  };

  static List<Isa> instructionSets() {
    return NativeMachine.instructionSets();
  }

  @ParameterizedTest
  @MethodSource("instructionSets")
  void givesTheBitsOfANewConvolution(Isa isa) {
    Random random = new Random(3);
    for (Layout layout :
        List.of(new Csr(), new Blocks(4, 1), new Blocks(16, 1), new Blocks(3, 2))) {
      for (Object[] what : SHAPES) {
        ConvolutionShape shape = (ConvolutionShape) what[1];
        Topology weights = RandomTopology.of(layout, (int) what[0], shape.columns(), 0.3, random);
        try (SparseOps.Convolution convolution = new CpuOps(isa).convolution(weights, shape)) {
          for (int i = 0; i < MOVES; i++) {
            weights = RandomTopology.after(i, weights, random);
            assertTrue(convolution.move(weights));
            assertEquals(weights, convolution.topology());
            if (i % 3 < 2) {
              assertLikeNew(isa, convolution, 1 + 4 * i, random.nextLong());
            }
          }
        }
      }
    }
  }

  private static void assertLikeNew(
      Isa isa, SparseOps.Convolution convolution, int batch, long seed) {
    ConvolutionShape shape = convolution.shape();
    try (SparseOps.Convolution made = new CpuOps(isa).convolution(convolution.topology(), shape)) {
      assertArrayEquals(
          results(made, batch, new Random(seed)), results(convolution, batch, new Random(seed)));
    }
  }

  private static float[][] results(SparseOps.Convolution convolution, int batch, Random random) {
    Topology weights = convolution.topology();
    int outputs = batch * convolution.shape().outputs(weights.rows());
    Floats values = Memory.normal(weights.values(), random);
    Floats x = Memory.normal(batch * convolution.shape().inputs(), random);
    Floats dy = Memory.normal(outputs, random);
    Floats y = Memory.unset(outputs);
    Floats dx = Memory.unset(batch * convolution.shape().inputs());
    Floats dvalues = Memory.unset(weights.values());
    Floats dbias = Memory.unset(weights.rows());
    convolution.forward(new Forward(values, x, batch, Floats.NONE, true, y));
    convolution.backward(new Backward(values, x, y, dy, batch, dx, dvalues, dbias));
    return new float[][] {y.toArray(), dx.toArray(), dvalues.toArray(), dbias.toArray()};
  }

  @Test
  void refusesWhatIsNoMoveOfItsWeights() {
    ConvolutionShape shape = new ConvolutionShape(2, 3, 3, 2, 2, 1, 0, 1);
    Topology weights = Topology.of(new Csr(), 1, 8, new float[] {1, 0, 0, 0, 0, 0, 0, 2});
    SparseOps.Convolution convolution = NativeMachine.best().convolution(weights, shape);
    for (Topology wrong :
        List.of(
            Topology.of(new Csr(), 2, 8, new float[16]),
            Topology.of(new Blocks(1, 2), 1, 8, new float[8]))) {
      assertThrows(IllegalArgumentException.class, () -> convolution.move(wrong));
    }
    assertEquals(weights, convolution.topology());
    convolution.close();
    assertThrows(IllegalStateException.class, () -> convolution.move(weights));
  }
}
