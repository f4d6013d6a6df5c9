package io.coppice.engines.sparse.cuda;

/**
 * How a batch is cut up for the kernels.
 *
 * @param examples that a warp treats at once
 */
record BatchTiles(int batch, int examples) {
  /** Up to this batch, rows of x are read as they are. */
  static final int FEW = 8;

  private static final int[] COMPILED = {32, 64};

  /** The least tile that holds the batch, as far as kernels can be compiled for it. */
  static BatchTiles of(int batch, boolean compiles) {
    for (int examples : COMPILED) {
      if (compiles && examples >= batch) {
        return new BatchTiles(batch, examples);
      }
    }
    return new BatchTiles(batch, Kernels.DEFAULT_EXAMPLES);
  }

  /** Whether the batch is too small for tiles. */
  boolean isFew() {
    return batch <= FEW;
  }

  int count() {
    return Grid.ceil(batch, examples);
  }

  /**
   * The batch, filled up to whole tiles.
   *
   * @throws io.coppice.framework.recipe.RecipeException when that is 2^31 or more
   */
  int pitch() {
    return KernelInteger.of("batch in whole tiles of " + examples, (long) count() * examples);
  }
}
