package io.coppice.framework.ops;

import io.coppice.framework.recipe.Require;

/**
 * Which entries of a matrix [rows, columns] are kept: for each row of blocks the ascending columns
 * of blocks. A value's position is entry · blockSize + column within the block · blockRows + row
 * within the block, so a block's rows lie side by side.
 */
public final class Topology {
  private final Layout layout;
  private final int rows;
  private final int columns;
  private final int[] starts;
  private final int[] indices;

  /**
   * @param starts [block rows + 1], where each row's entries begin
   * @param indices per entry the column of blocks
   * @throws io.coppice.framework.recipe.RecipeException when the index is not ascending, out of
   *     range, or breaks the layout
   */
  public Topology(Layout layout, int rows, int columns, int[] starts, int[] indices) {
    this.layout = layout;
    this.rows = Require.atLeast("rows", rows, 1);
    this.columns = Require.atLeast("columns", columns, 1);
    this.starts = starts.clone();
    this.indices = indices.clone();
  }

  public Layout layout() {
    return layout;
  }

  public int rows() {
    return rows;
  }

  public int columns() {
    return columns;
  }

  /** The rows of blocks. */
  public int blockRows() {
    return (rows + layout.blockRows() - 1) / layout.blockRows();
  }

  /** The columns of blocks. */
  public int blockColumns() {
    return (columns + layout.blockColumns() - 1) / layout.blockColumns();
  }

  /** The entries of the index. */
  public int entries() {
    return indices.length;
  }

  /** The length of the values: entries times the layout's block size. */
  public int values() {
    return entries() * layout.blockSize();
  }

  /** A copy of where each row's entries begin, [block rows + 1]. */
  public int[] starts() {
    return starts.clone();
  }

  /** A copy of the column of blocks of each entry. */
  public int[] indices() {
    return indices.clone();
  }
}
