package io.coppice.framework.method.gates;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class NestedGridTest {

  @Property(tries = 40)
  void unsortingUndoesSorting(
      @ForAll @IntRange(min = 1, max = 23) int rows,
      @ForAll @IntRange(min = 1, max = 23) int columns,
      @ForAll @IntRange(min = 1, max = 3) int depth) {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray matrix =
          manager
              .arange(rows * columns)
              .toType(ai.djl.ndarray.types.DataType.FLOAT32, false)
              .reshape(rows, columns);
      NestedGrid grid = new NestedGrid(matrix.getShape(), depth);
      NDArray back = grid.unsorted(grid.sorted(matrix));
      assertEquals(matrix.getShape(), back.getShape());
      assertArrayEquals(matrix.toFloatArray(), back.toFloatArray());
    }
  }

  @Test
  void placesOfAWindowComeFirst() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray matrix = manager.create(new float[] {0, 1, 2, 3, 4, 5, 6, 7}, new Shape(2, 4));
      NestedGrid grid = new NestedGrid(matrix.getShape(), 1);
      assertArrayEquals(new float[] {0, 2, 4, 6, 1, 3, 5, 7}, grid.sorted(matrix).toFloatArray());
    }
  }

  @Test
  void fillingIsOutside() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NestedGrid grid = new NestedGrid(new Shape(3, 5), 2);
      assertEquals(15, grid.inside(0, manager).sum().getFloat());
      assertEquals(2 * 3, grid.inside(1, manager).sum().getFloat());
      assertEquals(1 * 2, grid.inside(2, manager).sum().getFloat());
    }
  }
}
