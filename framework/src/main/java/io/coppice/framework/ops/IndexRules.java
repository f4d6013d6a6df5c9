package io.coppice.framework.ops;

import io.coppice.framework.recipe.RecipeException;
import io.coppice.framework.recipe.Require;

/** What the index of a topology must be like; a breach is one line that names the place. */
final class IndexRules {
  private final Topology topology;
  private final int[] starts;
  private final int[] indices;

  private IndexRules(Topology topology, int[] starts, int[] indices) {
    this.topology = topology;
    this.starts = starts;
    this.indices = indices;
  }

  /**
   * @throws RecipeException for the first breach
   */
  static void require(Topology topology, int[] starts, int[] indices) {
    IndexRules rules = new IndexRules(topology, starts, indices);
    rules.requireSizes();
    rules.requireStarts();
    for (int row = 0; row < topology.blockRows(); row++) {
      rules.requireAscending(row);
      if (topology.layout() instanceof Layout.NOfM nOfM) {
        rules.requireSparseGroups(row, nOfM);
      }
    }
  }

  private void requireSizes() {
    Layout layout = topology.layout();
    Sizes.product("rows, filled up to blocks,", topology.blockRows(), layout.blockRows());
    Sizes.product("columns, filled up to blocks,", topology.blockColumns(), layout.blockColumns());
    Sizes.product("entries · values of an entry", indices.length, layout.blockSize());
  }

  private void requireStarts() {
    int rows = topology.blockRows();
    Require.that(
        starts.length == rows + 1L,
        "length of starts",
        starts.length,
        rows + 1L + ", block rows + 1");
    Require.that(starts[0] == 0, "starts[0]", starts[0], "0");
    for (int row = 1; row <= rows; row++) {
      Require.that(
          starts[row] >= starts[row - 1],
          "starts[" + row + "]",
          starts[row],
          "at least starts[" + (row - 1) + "], which is " + starts[row - 1]);
    }
    Require.that(
        starts[rows] == indices.length,
        "starts[" + rows + "]",
        starts[rows],
        indices.length + ", the length of indices");
  }

  private void requireAscending(int row) {
    int last = topology.blockColumns() - 1;
    int least = 0;
    for (int entry = starts[row]; entry < starts[row + 1]; entry++) {
      int index = indices[entry];
      if (index < least || index > last) {
        String allowed = least > last ? "none, as the row is full" : least + " to " + last;
        throw RecipeException.of(
            "indices[" + entry + "] of row " + row,
            index,
            allowed + ", ascending and within the columns");
      }
      least = index + 1;
    }
  }

  private void requireSparseGroups(int row, Layout.NOfM layout) {
    for (int entry = starts[row] + layout.n(); entry < starts[row + 1]; entry++) {
      int group = indices[entry] / layout.m();
      if (indices[entry - layout.n()] / layout.m() == group) {
        int first = group * layout.m();
        throw RecipeException.of(
            "layout of row "
                + row
                + " with more than "
                + layout.n()
                + " values from column "
                + first,
            layout,
            "a larger n, or fewer values");
      }
    }
  }
}
