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
import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.ops.Topology;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CpuProductMoveTest {
  private static final int MOVES = 6;

  static List<Isa> instructionSets() {
    return NativeMachine.instructionSets();
  }

  @ParameterizedTest
  @MethodSource("instructionSets")
  void givesTheBitsOfANewProduct(Isa isa) {
    Random random = new Random(3);
    int[][] shapes = {{1, 1}, {33, 70}, {300, 1100}, {1, 66_000}, {66_000, 1}};
    for (Layout layout : List.of(new Csr(), new Blocks(4, 1), new Blocks(3, 2))) {
      for (int[] shape : shapes) {
        Topology topology = RandomTopology.of(layout, shape[0], shape[1], 0.1, random);
        try (SparseOps.Product product = new CpuOps(isa).product(topology)) {
          for (int i = 0; i < MOVES; i++) {
            topology = RandomTopology.after(i, topology, random);
            assertTrue(product.move(topology));
            assertEquals(topology, product.topology());
            if (i % 3 < 2) {
              assertLikeNew(isa, product, 1 + 9 * i, random.nextLong());
            }
          }
        }
      }
    }
  }

  private static void assertLikeNew(Isa isa, SparseOps.Product product, int batch, long seed) {
    try (SparseOps.Product made = new CpuOps(isa).product(product.topology())) {
      assertArrayEquals(
          results(made, batch, new Random(seed)), results(product, batch, new Random(seed)));
    }
  }

  private static float[][] results(SparseOps.Product product, int batch, Random random) {
    Topology topology = product.topology();
    Floats values = Memory.normal(topology.values(), random);
    Floats x = Memory.normal(batch * topology.columns(), random);
    Floats dy = Memory.normal(batch * topology.rows(), random);
    Floats y = Memory.unset(batch * topology.rows());
    Floats dx = Memory.unset(batch * topology.columns());
    Floats dvalues = Memory.unset(topology.values());
    Floats dbias = Memory.unset(topology.rows());
    product.forward(new Forward(values, x, batch, Floats.NONE, true, y));
    product.backward(new Backward(values, x, y, dy, batch, dx, dvalues, dbias));
    return new float[][] {y.toArray(), dx.toArray(), dvalues.toArray(), dbias.toArray()};
  }

  @Test
  void refusesAnotherMatrix() {
    Topology topology = Topology.of(new Csr(), 2, 3, new float[] {1, 0, 2, 0, 3, 0});
    SparseOps.Product product = NativeMachine.best().product(topology);
    for (Topology wrong :
        List.of(
            Topology.of(new Csr(), 3, 2, new float[6]),
            Topology.of(new Blocks(1, 2), 2, 3, new float[6]))) {
      assertThrows(IllegalArgumentException.class, () -> product.move(wrong));
    }
    assertEquals(topology, product.topology());
    product.close();
    assertThrows(IllegalStateException.class, () -> product.move(topology));
  }
}
