package io.coppice.framework.ops;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.coppice.framework.ops.Layout.Csr;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class JavaConvolutionTest {

  /** The kernel [[1 0] [0 2]] over the image [[1 2 3] [4 5 6] [7 8 9]]. */
  @Test
  void convolvesByHand() {
    float[] kernel = {1, 0, 0, 2};
    Topology topology = Topology.of(new Csr(), 1, 4, kernel);
    ConvolutionShape shape = new ConvolutionShape(1, 3, 3, 2, 2, 1, 0, 1);
    Floats image = Floats.copyOf(1, 2, 3, 4, 5, 6, 7, 8, 9);
    Floats values = Floats.copyOf(1, 2);
    Floats y = Floats.allocate(4);
    try (SparseOps.Convolution convolution = new JavaOps().convolution(topology, shape)) {
      assertEquals(topology, convolution.topology());
      assertEquals(shape, convolution.shape());
      convolution.forward(new Forward(values, image, 1, Floats.copyOf(-15), true, y));
      assertArrayEquals(new float[] {0, 0, 5, 8}, y.toArray());

      Floats dx = Floats.allocate(9);
      Floats dvalues = Floats.allocate(2);
      Floats dbias = Floats.allocate(1);
      Floats dy = Floats.copyOf(1, 10, 100, 1000);
      convolution.backward(new Backward(values, image, y, dy, 1, dx, dvalues, dbias));
      assertArrayEquals(new float[] {0, 0, 0, 100, 1000, 0, 0, 200, 2000}, dx.toArray());
      assertArrayEquals(new float[] {400 + 5000, 800 + 9000}, dvalues.toArray());
      assertArrayEquals(new float[] {1100}, dbias.toArray());
    }
  }

  /** Padded by one and with stride 2, a kernel of ones sums the four corners. */
  @Test
  void padsAndStridesByHand() {
    Topology topology = Topology.of(new Csr(), 1, 4, new float[] {1, 1, 1, 1});
    ConvolutionShape shape = new ConvolutionShape(1, 3, 3, 2, 2, 2, 1, 1);
    Floats y = Floats.allocate(4);
    new JavaOps()
        .convolution(topology, shape)
        .forward(
            new Forward(
                Floats.copyOf(1, 1, 1, 1),
                Floats.copyOf(1, 2, 3, 4, 5, 6, 7, 8, 9),
                1,
                Floats.NONE,
                false,
                y));
    assertArrayEquals(new float[] {1, 5, 11, 28}, y.toArray());
  }

  /** A kernel of 1×1 in two groups: each output sees the inputs of its own half. */
  @Test
  void groupsByHand() {
    Topology topology = Topology.of(new Csr(), 2, 2, new float[] {1, 2, 3, 4});
    ConvolutionShape shape = new ConvolutionShape(4, 1, 1, 1, 1, 1, 0, 2);
    Floats y = Floats.allocate(4);
    new JavaOps()
        .convolution(topology, shape)
        .forward(
            new Forward(
                Floats.copyOf(1, 2, 3, 4),
                Floats.copyOf(1, 10, 100, 1000, 5, 6, 7, 8),
                2,
                Floats.copyOf(1, 2),
                false,
                y));
    assertArrayEquals(new float[] {22, 4302, 18, 55}, y.toArray());
  }

  @Property
  void forwardIsTheDefinition(
      @ForAll Random random,
      @ForAll @IntRange(min = 1, max = 3) int channelsPerGroup,
      @ForAll @IntRange(min = 1, max = 3) int batch) {
    ProductTrial.ofConvolution(channelsPerGroup, batch, random).assertForward();
  }

  @Property
  void backwardIsTheDefinition(
      @ForAll Random random,
      @ForAll @IntRange(min = 1, max = 3) int channelsPerGroup,
      @ForAll @IntRange(min = 1, max = 3) int batch) {
    ProductTrial.ofConvolution(channelsPerGroup, batch, random).assertBackward();
  }

  @Property(tries = 300)
  void gradientsAreSlopes(
      @ForAll Random random,
      @ForAll @IntRange(min = 1, max = 3) int channelsPerGroup,
      @ForAll @IntRange(min = 1, max = 3) int batch) {
    ProductTrial.ofConvolution(channelsPerGroup, batch, random).assertFiniteDifferences();
  }
}
