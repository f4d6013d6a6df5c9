package io.coppice.engines.sparse.cuda;

import io.coppice.framework.ops.Topology;

/**
 * How a matrix [rows, columns] in blocks [height, width] is cut up for the kernels; its transpose's
 * tiling is that of the product the other way.
 */
record Tiling(int rows, int columns, int height, int width) {
  private static final int TILE_COLUMNS = 64;
  private static final int PART_ROWS = 16;
  private static final int WARPS = Grid.THREADS / 32;
  private static final int[] WARP_ROWS = {16, 8, 4, 2};
  private static final int BLOCKS_PER_MULTIPROCESSOR = 2;

  static Tiling of(Topology topology) {
    return new Tiling(
        topology.rows(),
        topology.columns(),
        topology.layout().blockRows(),
        topology.layout().blockColumns());
  }

  Tiling transposed() {
    return new Tiling(columns, rows, width, height);
  }

  int blockRows() {
    return Grid.ceil(rows, height);
  }

  /** The columns of a tile. */
  int tileColumns() {
    return width <= TILE_COLUMNS ? TILE_COLUMNS / width * width : TILE_COLUMNS;
  }

  int tiles() {
    return Grid.ceil(columns, tileColumns());
  }

  /**
   * The columns, filled up to whole tiles and blocks.
   *
   * @throws io.coppice.framework.recipe.RecipeException when that is 2^31 or more
   */
  int filledColumns() {
    long filled =
        Math.max((long) tiles() * tileColumns(), (long) Grid.ceil(columns, width) * width);
    return KernelInteger.of("features in whole tiles and blocks", filled);
  }

  /** The rows of blocks times the parts of a block's rows. */
  int units() {
    return Math.multiplyExact(blockRows(), Grid.ceil(height, PART_ROWS));
  }

  /** The most rows per warp that still keep every multiprocessor busy. */
  int warpRows(BatchTiles batch, int multiprocessors) {
    for (int warpRows : WARP_ROWS) {
      Grid grid = multiplying(batch, warpRows);
      if ((long) grid.x() * grid.y() >= (long) BLOCKS_PER_MULTIPROCESSOR * multiprocessors) {
        return warpRows;
      }
    }
    return 1;
  }

  /** The grid of {@code coppice_spmm}. */
  Grid multiplying(BatchTiles batch, int warpRows) {
    int group = Math.max(1, warpRows / Math.min(height, PART_ROWS));
    return new Grid(batch.count(), Grid.ceil(units(), (long) WARPS * group), 1);
  }

  /** The grid of {@code coppice_spmm_few}. */
  Grid multiplyingFew(int batch) {
    return new Grid(
        Grid.ceil(batch, 4), Grid.ceil((long) blockRows() * Grid.ceil(height, 4), WARPS), 1);
  }

  /** The grid of {@code coppice_transpose} for x [batch, columns]. */
  Grid turning(BatchTiles batch) {
    return new Grid(batch.pitch() / 32, Grid.ceil(filledColumns(), 32), 1);
  }

  /** The grid of {@code coppice_sddmm}. */
  Grid sampling(BatchTiles batch, int chunk) {
    return new Grid(tiles(), Grid.ceil(units(), 32), Grid.ceil(batch.pitch(), chunk));
  }
}
