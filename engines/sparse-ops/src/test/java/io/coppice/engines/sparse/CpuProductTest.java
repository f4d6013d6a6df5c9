package io.coppice.engines.sparse;

import static io.coppice.engines.sparse.ProductCases.LAYOUTS;
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
import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.ops.Topology;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CpuProductTest {
  private static final int[][] SHAPES = {{1, 1}, {1, 9}, {9, 1}, {17, 33}, {40, 67}};
  private static final int[] BATCHES = {1, 3, 6, 15, 17, 64, 65};

  static List<Isa> instructionSets() {
    return NativeMachine.instructionSets();
  }

  @ParameterizedTest
  @MethodSource("instructionSets")
  void multipliesByHand(Isa isa) {
    for (Layout layout : LAYOUTS) {
      ProductCases.assertMultipliesByHand(new CpuOps(isa), layout);
    }
  }

  @ParameterizedTest
  @MethodSource("instructionSets")
  void isItsDefinition(Isa isa) {
    ProductCases.assertDefinition(new CpuOps(isa), LAYOUTS, SHAPES, BATCHES);
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

  @Test
  void leavesOutWhatIsNotWanted() {
    ProductCases.assertLeavesOutWhatIsNotWanted(NativeMachine.best());
  }

  @Test
  void refusesWrongLengths() {
    CpuOps ops = NativeMachine.best();
    Topology topology = Topology.of(new Csr(), 3, 3, new float[] {0, 2, 0, 0, 0, 0, 1, 0, -3});
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
