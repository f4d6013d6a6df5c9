package io.coppice.engines.sparse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.coppice.framework.ops.Layout;
import io.coppice.framework.ops.Layout.Blocks;
import io.coppice.framework.ops.Layout.Csr;
import io.coppice.framework.ops.Topology;
import io.coppice.framework.recipe.RecipeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Matrices of more rows or columns than the native library counts. */
class CpuProductLimitsTest {

  @ParameterizedTest
  @ValueSource(ints = {Integer.MAX_VALUE, (1 << 30) + 1})
  void refusesMoreColumnsThanItCanCount(int columns) {
    CpuOps ops = NativeMachine.best();
    for (Layout layout : new Layout[] {new Csr(), new Blocks(4, 1)}) {
      Topology topology = new Topology(layout, 1, columns, new int[] {0, 0}, new int[0]);
      String message =
          assertThrows(RecipeException.class, () -> ops.product(topology)).getMessage();
      assertEquals(
          "in native code, columns is " + columns + "; allowed: at most 1073741824: " + topology,
          message);
    }
  }

  @Test
  void refusesMoreRowsThanItCanCount() {
    int rows = Integer.MAX_VALUE / 4 * 4;
    Layout layout = new Blocks(rows, 1);
    Topology topology = new Topology(layout, rows, 1, new int[] {0, 0}, new int[0]);
    String message =
        assertThrows(RecipeException.class, () -> NativeMachine.best().product(topology))
            .getMessage();
    assertEquals(
        "in native code, rows is " + rows + "; allowed: at most 1073741824: " + topology, message);
  }

  /** Memory for a billion columns is taken by what needs it, not by the index. */
  @Test
  void readiesABillionColumns() {
    Topology topology = new Topology(new Csr(), 1, 1 << 30, new int[] {0, 0}, new int[0]);
    for (int i = 0; i < 20; i++) {
      NativeMachine.best().product(topology).close();
    }
  }
}
