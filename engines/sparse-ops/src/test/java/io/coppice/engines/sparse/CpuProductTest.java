package io.coppice.engines.sparse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coppice.framework.ops.Backward;
import io.coppice.framework.ops.Floats;
import io.coppice.framework.ops.Forward;
import io.coppice.framework.ops.Layout;
import io.coppice.framework.ops.Layout.Blocks;
import io.coppice.framework.ops.Layout.Csr;
import io.coppice.framework.ops.Layout.NOfM;
import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.ops.Topology;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CpuProductTest {
  private static final float[] DENSE = {
    0, 2, 0, //
    0, 0, 0,
    1, 0, -3
  };
  private static final List<Layout> LAYOUTS =
      List.of(
          new Csr(),
          new Blocks(4, 1),
          new Blocks(8, 1),
          new Blocks(16, 1),
          new Blocks(2, 3),
          new Blocks(5, 4),
          new NOfM(1, 2),
          new NOfM(2, 4));
  private static final int[][] SHAPES = {{1, 1}, {1, 9}, {9, 1}, {17, 33}, {40, 67}};
  private static final int[] BATCHES = {1, 3, 6, 15, 17, 64, 65};

  static List<Isa> instructionSets() {
    return NativeMachine.instructionSets();
  }

  /** W = [[0 2 0] [0 0 0] [1 0 -3]], x = [[1 2 3] [4 5 6]], b = [1 -1 10]. */
  @ParameterizedTest
  @MethodSource("instructionSets")
  void multipliesByHand(Isa isa) {
    for (Layout layout : LAYOUTS) {
      Topology topology = Topology.of(layout, 3, 3, DENSE);
      Floats values = Memory.of(topology.gather(DENSE));
      Floats x = Memory.of(1, 2, 3, 4, 5, 6);
      Floats dy = Memory.of(1, 10, 100, 2, 20, 200);
      Floats y = Memory.unset(6);
      Floats dx = Memory.unset(6);
      Floats dvalues = Memory.unset(topology.values());
      Floats dbias = Memory.unset(3);
      try (SparseOps.Product product = new CpuOps(isa).product(topology)) {
        product.forward(new Forward(values, x, 2, Memory.of(1, -1, 10), true, y));
        product.backward(new Backward(values, x, y, dy, 2, dx, dvalues, dbias));
      }
      assertArrayEquals(new float[] {5, 0, 2, 11, 0, 0}, y.toArray());
      assertArrayEquals(new float[] {100, 2, -300, 0, 4, 0}, dx.toArray());
      assertArrayEquals(new float[] {3, 0, 100}, dbias.toArray());
      float[] dw = {9, 12, 15, 0, 0, 0, 100, 200, 300};
      assertArrayEquals(topology.gather(dw), dvalues.toArray());
    }
  }

  @ParameterizedTest
  @MethodSource("instructionSets")
  void isItsDefinition(Isa isa) {
    Random random = new Random(7);
    boolean odd = false;
    for (Layout layout : LAYOUTS) {
      for (int[] shape : SHAPES) {
        for (double density : new double[] {0, 0.2, 1}) {
          for (int batch : BATCHES) {
            odd = !odd;
            Topology topology = RandomTopology.of(layout, shape[0], shape[1], density, random);
            new ProductTrial(topology, batch, odd, random.nextBoolean(), random)
                .run(new CpuOps(isa))
                .assertRight();
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("instructionSets")
  void addsTheTilesOfALargeBatch(Isa isa) {
    Random random = new Random(10);
    for (Layout layout : LAYOUTS) {
      Topology topology = RandomTopology.of(layout, 18, 21, 0.3, random);
      new ProductTrial(topology, 256, true, true, random).run(new CpuOps(isa)).assertRight();
    }
  }

  /** Wide enough for several tiles and for columns of more than 16 bits. */
  @ParameterizedTest
  @MethodSource("instructionSets")
  void isItsDefinitionWhereItIsCutIntoTiles(Isa isa) {
    Random random = new Random(8);
    int[][] shapes = {{200, 1100}, {1100, 200}, {2, 70_000}, {70_000, 2}};
    for (Layout layout :
        List.of(new Csr(), new Blocks(4, 1), new Blocks(16, 1), new Blocks(3, 2))) {
      for (int[] shape : shapes) {
        for (double density : new double[] {0.05, 0.3}) {
          Topology topology = RandomTopology.of(layout, shape[0], shape[1], density, random);
          new ProductTrial(topology, 9, true, true, random).run(new CpuOps(isa)).assertRight();
        }
      }
    }
  }

  /** With more entries than a cache holds, what comes next is fetched, or columns are added to. */
  @ParameterizedTest
  @MethodSource("instructionSets")
  void isItsDefinitionWhereItsValuesAreFar(Isa isa) {
    Random random = new Random(12);
    Topology rows = RandomTopology.of(new Csr(), 1200, 1000, 0.9, random);
    assertTrue(rows.entries() > 1 << 20);
    for (int batch : new int[] {1, 3, 7, 16, 20, 70}) {
      new ProductTrial(rows, batch, true, true, random).run(new CpuOps(isa)).assertRight();
    }
    for (int height : new int[] {2, 4}) {
      Topology blocks = RandomTopology.of(new Blocks(height, 1), 1200, 1000, 0.95, random);
      assertTrue(blocks.entries() > 1 << 18);
      new ProductTrial(blocks, 20, true, true, random).run(new CpuOps(isa)).assertRight();
    }
  }

  @ParameterizedTest
  @MethodSource("instructionSets")
  void givesTheSameBitsOnAnyNumberOfThreads(Isa isa) {
    int threads = SparseLibrary.coppice_threads();
    try {
      for (Layout layout : LAYOUTS) {
        for (int batch : new int[] {1, 5, 64, 70}) {
          assertSameBits(isa, RandomTopology.of(layout, 301, 260, 0.2, new Random(9)), batch);
        }
      }
      Topology far = RandomTopology.of(new Csr(), 1200, 1000, 0.9, new Random(9));
      for (int batch : new int[] {8, 16, 64}) {
        assertSameBits(isa, far, batch);
      }
    } finally {
      SparseLibrary.coppice_set_threads(threads);
    }
  }

  private static void assertSameBits(Isa isa, Topology topology, int batch) {
    SparseLibrary.coppice_set_threads(1);
    float[][] one = run(isa, topology, batch);
    for (int count : new int[] {2, 3, 8}) {
      SparseLibrary.coppice_set_threads(count);
      assertArrayEquals(one, run(isa, topology, batch));
    }
  }

  private static float[][] run(Isa isa, Topology topology, int batch) {
    Random random = new Random(9);
    return new ProductTrial(topology, batch, true, true, random).run(new CpuOps(isa)).results();
  }

  @Test
  void leavesOutWhatIsNotWanted() {
    CpuOps ops = NativeMachine.best();
    Topology topology = Topology.of(new Csr(), 3, 3, DENSE);
    Floats values = Memory.of(topology.gather(DENSE));
    Floats x = Memory.of(1, 2, 3);
    Floats dy = Memory.of(1, 10, 100);
    Floats dx = Memory.unset(3);
    Floats dbias = Memory.unset(3);
    Floats none = Floats.NONE;
    try (SparseOps.Product product = ops.product(topology)) {
      product.backward(new Backward(values, none, none, dy, 1, dx, none, none));
      product.backward(new Backward(none, none, none, dy, 1, none, none, dbias));
    }
    assertArrayEquals(new float[] {100, 2, -300}, dx.toArray());
    assertArrayEquals(new float[] {1, 10, 100}, dbias.toArray());
  }

  @Test
  void refusesWrongLengths() {
    CpuOps ops = NativeMachine.best();
    Topology topology = Topology.of(new Csr(), 3, 3, DENSE);
    Floats values = Memory.unset(3);
    Floats three = Memory.unset(3);
    Floats six = Memory.unset(6);
    Floats none = Floats.NONE;
    try (SparseOps.Product product = ops.product(topology)) {
      assertRefused("values", () -> product.forward(new Forward(six, six, 2, three, false, six)));
      assertRefused("x", () -> product.forward(new Forward(values, three, 2, three, false, six)));
      assertRefused("bias", () -> product.forward(new Forward(values, six, 2, six, false, six)));
      assertRefused("y", () -> product.forward(new Forward(values, six, 2, three, false, none)));
      assertRefused("batch", () -> product.forward(new Forward(values, six, 0, three, false, six)));
      assertRefused(
          "dy",
          () -> product.backward(new Backward(values, six, none, three, 2, six, values, three)));
      assertRefused(
          "y",
          () -> product.backward(new Backward(values, six, three, six, 2, six, values, three)));
      assertRefused(
          "dx",
          () -> product.backward(new Backward(values, six, none, six, 2, three, values, three)));
      assertRefused(
          "dvalues",
          () -> product.backward(new Backward(values, six, none, six, 2, six, six, three)));
      assertRefused(
          "dbias",
          () -> product.backward(new Backward(values, six, none, six, 2, six, values, six)));
    }
  }

  private static void assertRefused(String argument, Runnable call) {
    String message = assertThrows(IllegalArgumentException.class, call::run).getMessage();
    assertEquals(argument, message.substring(0, message.indexOf(' ')), message);
  }

  @Test
  void refusesToServeOnceClosed() {
    Topology topology = Topology.of(new Csr(), 1, 1, new float[] {1});
    SparseOps.Product product = NativeMachine.best().product(topology);
    product.close();
    product.close();
    Floats one = Memory.of(1);
    assertThrows(
        IllegalStateException.class,
        () -> product.forward(new Forward(one, one, 1, Floats.NONE, false, Memory.unset(1))));
  }

  @Test
  void passesOnWhatIsNoNumber() {
    Topology topology = Topology.of(new Csr(), 1, 1, new float[] {1});
    Floats y = Memory.of(0);
    try (SparseOps.Product product = NativeMachine.best().product(topology)) {
      product.forward(new Forward(Memory.of(Float.NaN), Memory.of(1), 1, Floats.NONE, true, y));
    }
    assertArrayEquals(new float[] {Float.NaN}, y.toArray());
  }
}
