package io.coppice.framework.ops;

import java.util.Arrays;
import java.util.function.IntPredicate;

/** Gathers the index of a topology, row by row. */
final class TopologyBuilder {
  private final int[] starts;
  private int[] indices;
  private int rows;
  private int entries;

  TopologyBuilder(int blockRows, int expectedEntries) {
    starts = new int[blockRows + 1];
    indices = new int[expectedEntries];
  }

  /** Adds an entry to the current row. */
  void add(int index) {
    if (entries == indices.length) {
      indices = Arrays.copyOf(indices, Math.max(16, 2 * entries));
    }
    indices[entries++] = index;
  }

  void endRow() {
    starts[++rows] = entries;
  }

  int entries() {
    return entries;
  }

  Topology build(Layout layout, int rows, int columns) {
    return new Topology(layout, rows, columns, starts, Arrays.copyOf(indices, entries));
  }

  /** The smallest topology that covers the row-major positions that are kept. */
  static Topology covering(Layout layout, int rows, int columns, IntPredicate kept) {
    int blockRows = Sizes.covering(rows, layout.blockRows());
    TopologyBuilder builder = new TopologyBuilder(blockRows, 0);
    boolean[] used = new boolean[Sizes.covering(columns, layout.blockColumns())];
    for (int blockRow = 0; blockRow < blockRows; blockRow++) {
      Arrays.fill(used, false);
      int first = blockRow * layout.blockRows();
      int rowsInside = Math.min(layout.blockRows(), rows - first);
      for (int row = first; row < first + rowsInside; row++) {
        for (int column = 0; column < columns; column++) {
          used[column / layout.blockColumns()] |= kept.test(row * columns + column);
        }
      }
      for (int index = 0; index < used.length; index++) {
        if (used[index]) {
          builder.add(index);
        }
      }
      builder.endRow();
    }
    return builder.build(layout, rows, columns);
  }
}
