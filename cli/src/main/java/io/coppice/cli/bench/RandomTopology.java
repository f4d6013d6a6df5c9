package io.coppice.cli.bench;

import io.coppice.framework.ops.Layout;
import io.coppice.framework.ops.Topology;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Topologies of an exact sparsity, each of them equally likely. */
final class RandomTopology {
  private RandomTopology() {}

  /**
   * Keeps a share of all entries, or {@code n} of every {@code m} where the layout says so.
   *
   * @param sparsity of the matrix; without effect on N:M, whose layout fixes it
   */
  static Topology of(Layout layout, int rows, int columns, double sparsity, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int blockRows = covering(rows, layout.blockRows());
    int blockColumns = covering(columns, layout.blockColumns());
    return layout instanceof Layout.NOfM nOfM
        ? groups(nOfM, rows, columns, random)
        : spread(layout, rows, columns, blockRows, blockColumns, 1 - sparsity, random);
  }

  private static int covering(int size, int block) {
    return (size + block - 1) / block;
  }

  private static Topology spread(
      Layout layout,
      int rows,
      int columns,
      int blockRows,
      int blockColumns,
      double density,
      SplittableRandom random) {
    int places = Math.multiplyExact(blockRows, blockColumns);
    int[] starts = new int[blockRows + 1];
    int[] indices = new int[(int) Math.round(density * places)];
    int kept = 0;
    for (int place = 0; place < places; place++) {
      if (random.nextInt(places - place) < indices.length - kept) {
        indices[kept++] = place % blockColumns;
      }
      starts[place / blockColumns + 1] = kept;
    }
    return new Topology(layout, rows, columns, starts, indices);
  }

  private static Topology groups(
      Layout.NOfM layout, int rows, int columns, SplittableRandom random) {
    int[] starts = new int[rows + 1];
    int[] indices = new int[rows * covering(columns, layout.m()) * layout.n()];
    int kept = 0;
    for (int row = 0; row < rows; row++) {
      for (int first = 0; first < columns; first += layout.m()) {
        int width = Math.min(layout.m(), columns - first);
        int wanted = Math.min(layout.n(), width);
        for (int column = 0; column < width; column++) {
          if (random.nextInt(width - column) < wanted) {
            indices[kept++] = first + column;
            wanted--;
          }
        }
      }
      starts[row + 1] = kept;
    }
    return new Topology(layout, rows, columns, starts, Arrays.copyOf(indices, kept));
  }
}
