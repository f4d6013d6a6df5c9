package io.coppice.engines.sparse.cuda;

/** What the two kernels on tensor cores have in common. */
final class TensorCores {
  /** Dynamic shared memory for stages of x. */
  static final int SHARED_BYTES = 98_304;

  private static final int EXAMPLES_PER_BLOCK = 128;
  private static final int ROWS_PER_BLOCK = 256;

  private TensorCores() {}

  /** The grid for y [batch, rows]. */
  static Grid multiplying(int batch, int rows) {
    return new Grid(Grid.ceil(batch, EXAMPLES_PER_BLOCK), Grid.ceil(rows, ROWS_PER_BLOCK), 1);
  }
}
