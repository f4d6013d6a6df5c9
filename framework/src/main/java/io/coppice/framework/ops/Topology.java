package io.coppice.framework.ops;

import io.coppice.framework.recipe.Require;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntPredicate;

/**
 * Which entries of a matrix [rows, columns] are kept: for each row of blocks the ascending columns
 * of blocks. A value's position is entry · blockSize + column within the block · blockRows + row
 * within the block, so a block's rows lie side by side.
 */
public final class Topology {
  private static final int SHORT_COLUMNS = 1 << 16;

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
    IndexRules.require(this, this.starts, this.indices);
  }

  /** The smallest topology that covers where the row-major mask [rows, columns] is true. */
  public static Topology of(Layout layout, int rows, int columns, boolean[] mask) {
    requireLength("mask", mask.length, rows, columns);
    return of(layout, rows, columns, position -> mask[position]);
  }

  /** The smallest topology that covers the row-major positions that are kept. */
  public static Topology of(Layout layout, int rows, int columns, IntPredicate kept) {
    Require.atLeast("rows", rows, 1);
    Require.atLeast("columns", columns, 1);
    Sizes.product("rows · columns", rows, columns);
    return TopologyBuilder.covering(layout, rows, columns, kept);
  }

  /** The smallest topology that covers what is not 0 in the row-major matrix [rows, columns]. */
  public static Topology of(Layout layout, int rows, int columns, float[] dense) {
    requireLength("dense", dense.length, rows, columns);
    return TopologyBuilder.covering(layout, rows, columns, position -> dense[position] != 0);
  }

  static void requireLength(String name, int length, int rows, int columns) {
    Require.atLeast("rows", rows, 1);
    Require.atLeast("columns", columns, 1);
    int size = Sizes.product("rows · columns", rows, columns);
    Require.that(length == size, "length of " + name, length, rows + " · " + columns);
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
    return Sizes.covering(rows, layout.blockRows());
  }

  /** The columns of blocks. */
  public int blockColumns() {
    return Sizes.covering(columns, layout.blockColumns());
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

  /** Takes one value's position among the values and its place in the matrix. */
  @FunctionalInterface
  public interface ValueVisitor {
    void visit(int position, int row, int column);
  }

  /** Visits the values in their order, without those that fill up a block at the matrix's edge. */
  public void forEachValue(ValueVisitor visitor) {
    int height = layout.blockRows();
    int width = layout.blockColumns();
    for (int blockRow = 0; blockRow < blockRows(); blockRow++) {
      int firstRow = blockRow * height;
      int rowsInside = Math.min(height, rows - firstRow);
      for (int entry = starts[blockRow]; entry < starts[blockRow + 1]; entry++) {
        int firstColumn = indices[entry] * width;
        int columnsInside = Math.min(width, columns - firstColumn);
        for (int column = 0; column < columnsInside; column++) {
          int position = entry * layout.blockSize() + column * height;
          for (int row = 0; row < rowsInside; row++) {
            visitor.visit(position + row, firstRow + row, firstColumn + column);
          }
        }
      }
    }
  }

  /** The values of a row-major matrix [rows, columns], 0 where a block reaches over its edge. */
  public float[] gather(float[] dense) {
    requireLength("dense", dense.length, rows, columns);
    float[] values = new float[values()];
    forEachValue((position, row, column) -> values[position] = dense[row * columns + column]);
    return values;
  }

  /** The row-major matrix [rows, columns] of these values, 0 outside of the topology. */
  public float[] scatter(float[] values) {
    requireValues(values);
    float[] dense = new float[Sizes.product("rows · columns", rows, columns)];
    forEachValue((position, row, column) -> dense[row * columns + column] = values[position]);
    return dense;
  }

  private void requireValues(float[] values) {
    Require.that(values.length == values(), "length of values", values.length, "" + values());
  }

  /** The values inside of the matrix as a fraction of all its numbers. */
  public double density() {
    long inside = 0;
    for (int blockRow = 0; blockRow < blockRows(); blockRow++) {
      long rowsInside = Math.min(layout.blockRows(), rows - blockRow * layout.blockRows());
      for (int entry = starts[blockRow]; entry < starts[blockRow + 1]; entry++) {
        int firstColumn = indices[entry] * layout.blockColumns();
        inside += rowsInside * Math.min(layout.blockColumns(), columns - firstColumn);
      }
    }
    return (double) inside / rows / columns;
  }

  /**
   * The bytes of index and values: 4 per value, per entry a column of 2 bytes where there are at
   * most 65,536 columns of blocks and else of 4, and 4 for where each row of blocks begins and one
   * more.
   */
  public long bytes() {
    long column = blockColumns() <= SHORT_COLUMNS ? Short.BYTES : Integer.BYTES;
    return (long) Float.BYTES * values()
        + column * entries()
        + Integer.BYTES * (long) starts.length;
  }

  /**
   * Drops entries and grows others, in time linear in the entries.
   *
   * @param dropped entries of the index, ascending
   * @param grown places block row · {@link #blockColumns} + column of blocks, ascending; free, or
   *     of an entry that is dropped
   * @throws io.coppice.framework.recipe.RecipeException when they are not ascending, out of range,
   *     taken, or break the layout
   */
  public Move moved(int[] dropped, long[] grown) {
    return new DropAndGrow(this, starts, indices, dropped, grown).move();
  }

  /**
   * A topology that came from another.
   *
   * @param sources per new entry the old one, or -1 where it is grown
   */
  public record Move(Topology from, Topology to, int[] sources) {

    /**
     * The new values for old ones, such as weights or momenta: kept entries keep theirs, grown ones
     * begin at 0.
     *
     * @throws io.coppice.framework.recipe.RecipeException when the old topology has not so many
     */
    public float[] carry(float[] values) {
      from.requireValues(values);
      int size = to.layout.blockSize();
      float[] carried = new float[to.values()];
      for (int entry = 0; entry < sources.length; entry++) {
        if (sources[entry] >= 0) {
          System.arraycopy(values, sources[entry] * size, carried, entry * size, size);
        }
      }
      return carried;
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Topology that
        && layout.equals(that.layout)
        && rows == that.rows
        && columns == that.columns
        && Arrays.equals(starts, that.starts)
        && Arrays.equals(indices, that.indices);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(new Object[] {layout, rows, columns}) + Arrays.hashCode(indices);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s [%d, %d], %d values, %.1f %%",
        layout,
        rows,
        columns,
        values(),
        100 * density());
  }
}
