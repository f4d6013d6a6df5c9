package io.coppice.framework.ops;

import io.coppice.framework.recipe.Require;

/** How a sparse matrix [rows, columns] keeps its values. */
public sealed interface Layout {

  /** The rows that an entry of the index spans. */
  default int blockRows() {
    return 1;
  }

  /** The columns that an entry of the index spans. */
  default int blockColumns() {
    return 1;
  }

  /** The values that an entry of the index holds. */
  default int blockSize() {
    return blockRows() * blockColumns();
  }

  /** Compressed rows: any pattern, one column index per value. */
  record Csr() implements Layout {
    @Override
    public String toString() {
      return "CSR";
    }
  }

  /**
   * Compressed rows of dense blocks, aligned to their own size; a matrix that is no multiple of the
   * block is thought of as filled up with zeros.
   */
  record Blocks(int blockRows, int blockColumns) implements Layout {
    public Blocks {
      Require.atLeast("blockRows", blockRows, 1);
      Require.atLeast("blockColumns", blockColumns, 1);
      Sizes.product("blockRows · blockColumns", blockRows, blockColumns);
    }

    @Override
    public String toString() {
      return "blocks %d×%d".formatted(blockRows, blockColumns);
    }
  }

  /** At most {@code n} values in every {@code m} consecutive columns of a row. */
  record NOfM(int n, int m) implements Layout {
    public NOfM {
      Require.atLeast("m", m, 2);
      Require.that(n >= 1 && n < m, "n", n, "from 1 to " + (m - 1));
    }

    /** Whether what is not 0 in the row-major matrix [rows, columns] fits into this layout. */
    public boolean holds(int rows, int columns, float[] dense) {
      Topology.requireLength("dense", dense.length, rows, columns);
      int inGroup = 0;
      for (int i = 0; i < dense.length; i++) {
        inGroup = i % columns % m == 0 ? 0 : inGroup;
        inGroup += dense[i] != 0 ? 1 : 0;
        if (inGroup > n) {
          return false;
        }
      }
      return true;
    }

    @Override
    public String toString() {
      return n + ":" + m;
    }
  }
}
