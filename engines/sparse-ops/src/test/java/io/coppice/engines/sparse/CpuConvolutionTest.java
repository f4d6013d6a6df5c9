package io.coppice.engines.sparse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.coppice.framework.ops.Backward;
import io.coppice.framework.ops.ConvolutionShape;
import io.coppice.framework.ops.Floats;
import io.coppice.framework.ops.Forward;
import io.coppice.framework.ops.Layout;
import io.coppice.framework.ops.Layout.Blocks;
import io.coppice.framework.ops.Layout.Csr;
import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.ops.Topology;
import io.coppice.framework.recipe.RecipeException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CpuConvolutionTest {
  private static final List<Layout> LAYOUTS =
      List.of(new Csr(), new Blocks(4, 1), new Blocks(16, 1), new Blocks(3, 2));

  /** What networks have: each with its channels out. */
  private static final Object[][] SHAPES = {
    {20, new ConvolutionShape(1, 28, 28, 5, 5, 1, 0, 1)},
    {18, new ConvolutionShape(20, 8, 8, 3, 3, 1, 1, 1)},
    {17, new ConvolutionShape(33, 4, 4, 3, 3, 1, 1, 1)},
    {3, new ConvolutionShape(2, 16, 16, 3, 3, 1, 1, 1)},
    {3, new ConvolutionShape(2, 32, 32, 3, 3, 1, 1, 1)},
    {9, new ConvolutionShape(7, 13, 11, 1, 1, 1, 0, 1)},
    {6, new ConvolutionShape(4, 15, 14, 1, 1, 2, 0, 1)},
    {8, new ConvolutionShape(3, 21, 21, 7, 7, 2, 3, 1)},
    {5, new ConvolutionShape(5, 9, 9, 3, 3, 1, 1, 5)},
    {10, new ConvolutionShape(4, 9, 10, 3, 3, 3, 2, 2)},
    {4, new ConvolutionShape(3, 2, 2, 3, 3, 1, 1, 1)},
    {33, new ConvolutionShape(2, 5, 5, 5, 5, 1, 0, 1)},
    {2, new ConvolutionShape(1, 1, 1, 1, 1, 3, 3, 1)}
  };

  private static final int[] BATCHES = {1, 2, 7, 16, 17};
  private static final double[] DENSITIES = {0.3, 0, 0.5, 1, 0.1, 0.7};

  static List<Isa> instructionSets() {
    return NativeMachine.instructionSets();
  }

  /** The kernel [[1 0] [0 2]] over the image [[1 2 3] [4 5 6] [7 8 9]]. */
  @ParameterizedTest
  @MethodSource("instructionSets")
  void convolvesByHand(Isa isa) {
    float[] kernel = {1, 0, 0, 2};
    ConvolutionShape shape = new ConvolutionShape(1, 3, 3, 2, 2, 1, 0, 1);
    for (Layout layout : LAYOUTS) {
      Topology weights = Topology.of(layout, 1, 4, kernel);
      Floats values = Memory.of(weights.gather(kernel));
      Floats image = Memory.of(1, 2, 3, 4, 5, 6, 7, 8, 9);
      Floats y = Memory.unset(4);
      Floats dx = Memory.unset(9);
      Floats dvalues = Memory.unset(weights.values());
      Floats dbias = Memory.unset(1);
      try (SparseOps.Convolution convolution = new CpuOps(isa).convolution(weights, shape)) {
        assertEquals(shape, convolution.shape());
        convolution.forward(new Forward(values, image, 1, Memory.of(-15), true, y));
        convolution.backward(
            new Backward(values, image, y, Memory.of(1, 10, 100, 1000), 1, dx, dvalues, dbias));
      }
      assertArrayEquals(new float[] {0, 0, 5, 8}, y.toArray());
      assertArrayEquals(new float[] {0, 0, 0, 100, 1000, 0, 0, 200, 2000}, dx.toArray());
      float[] dw = {400 + 5000, 500 + 6000, 700 + 8000, 800 + 9000};
      assertArrayEquals(weights.gather(dw), dvalues.toArray());
      assertArrayEquals(new float[] {1100}, dbias.toArray());
    }
  }

  @ParameterizedTest
  @MethodSource("instructionSets")
  void isItsDefinition(Isa isa) {
    Random random = new Random(11);
    int count = 0;
    for (Object[] what : SHAPES) {
      ConvolutionShape shape = (ConvolutionShape) what[1];
      for (Layout layout : LAYOUTS) {
        double density = DENSITIES[count % DENSITIES.length];
        int batch = BATCHES[count++ % BATCHES.length];
        Topology weights =
            RandomTopology.of(layout, (int) what[0], shape.columns(), density, random);
        new ProductTrial(weights, shape, batch, random.nextBoolean(), random.nextBoolean(), random)
            .run(new CpuOps(isa))
            .assertRight();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("instructionSets")
  void givesTheSameBitsOnAnyNumberOfThreads(Isa isa) {
    int threads = SparseLibrary.coppice_threads();
    try {
      for (Object[] what : SHAPES) {
        int batch = BATCHES[(int) what[0] % BATCHES.length];
        SparseLibrary.coppice_set_threads(1);
        float[][] one = run(isa, (int) what[0], (ConvolutionShape) what[1], batch);
        for (int count : new int[] {2, 3}) {
          SparseLibrary.coppice_set_threads(count);
          assertArrayEquals(one, run(isa, (int) what[0], (ConvolutionShape) what[1], batch));
        }
      }
    } finally {
      SparseLibrary.coppice_set_threads(threads);
    }
  }

  private static float[][] run(Isa isa, int rows, ConvolutionShape shape, int batch) {
    Random random = new Random(12);
    Topology weights = RandomTopology.of(new Csr(), rows, shape.columns(), 0.3, random);
    return new ProductTrial(weights, shape, batch, true, true, random)
        .run(new CpuOps(isa))
        .results();
  }

  /** What an earlier batch left in the planes must not be seen. */
  @ParameterizedTest
  @MethodSource("instructionSets")
  void servesBatchesOfAnySizeOneAfterTheOther(Isa isa) {
    ConvolutionShape shape = new ConvolutionShape(2, 5, 6, 3, 3, 1, 1, 1);
    Topology weights = RandomTopology.of(new Csr(), 3, shape.columns(), 0.5, new Random(1));
    Floats values = Memory.normal(weights.values(), new Random(2));
    try (SparseOps.Convolution convolution = new CpuOps(isa).convolution(weights, shape)) {
      for (int batch : new int[] {16, 1, 3, 17, 2, 40, 1}) {
        Floats x = Memory.normal(batch * shape.inputs(), new Random(batch));
        Floats again = Memory.unset(batch * shape.outputs(3));
        Floats fresh = Memory.unset(batch * shape.outputs(3));
        convolution.forward(new Forward(values, x, batch, Floats.NONE, false, again));
        try (SparseOps.Convolution other = new CpuOps(isa).convolution(weights, shape)) {
          other.forward(new Forward(values, x, batch, Floats.NONE, false, fresh));
        }
        assertArrayEquals(fresh.toArray(), again.toArray());
      }
    }
  }

  @Test
  void leavesOutWhatIsNotWanted() {
    ConvolutionShape shape = new ConvolutionShape(1, 1, 2, 1, 1, 1, 0, 1);
    Topology weights = Topology.of(new Csr(), 1, 1, new float[] {1});
    Floats dy = Memory.of(1, 10);
    Floats dx = Memory.unset(2);
    Floats dbias = Memory.unset(1);
    Floats none = Floats.NONE;
    try (SparseOps.Convolution convolution = NativeMachine.best().convolution(weights, shape)) {
      convolution.backward(new Backward(Memory.of(3), none, none, dy, 1, dx, none, none));
      convolution.backward(new Backward(none, none, none, dy, 1, none, none, dbias));
    }
    assertArrayEquals(new float[] {3, 30}, dx.toArray());
    assertArrayEquals(new float[] {11}, dbias.toArray());
  }

  @Test
  void refusesWhatDoesNotFit() {
    CpuOps ops = NativeMachine.best();
    ConvolutionShape shape = new ConvolutionShape(2, 3, 3, 2, 2, 1, 0, 1);
    Topology weights = Topology.of(new Csr(), 1, 8, new float[] {1, 0, 0, 0, 0, 0, 0, 0});
    Topology narrow = Topology.of(new Csr(), 1, 4, new float[4]);
    assertThrows(RecipeException.class, () -> ops.convolution(narrow, shape));
    Floats one = Memory.of(1);
    try (SparseOps.Convolution convolution = ops.convolution(weights, shape)) {
      String message =
          assertThrows(
                  IllegalArgumentException.class,
                  () ->
                      convolution.forward(
                          new Forward(one, one, 1, Floats.NONE, false, Memory.unset(4))))
              .getMessage();
      assertEquals("x has 1 floats; allowed: 18 (batch 1 · 18)", message);
    }
  }

  @Test
  void saysThatItsPaddedPlanesAreTooLarge() {
    ConvolutionShape shape = new ConvolutionShape(9, 1, 1, 1, 1, 1000, 1 << 13, 1);
    Topology weights = Topology.of(new Csr(), 1, 9, new float[9]);
    CpuOps ops = NativeMachine.best();
    assertThrows(OutOfMemoryError.class, () -> ops.convolution(weights, shape));
  }
}
