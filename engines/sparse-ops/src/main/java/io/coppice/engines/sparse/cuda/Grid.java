package io.coppice.engines.sparse.cuda;

/** How many blocks of threads run a kernel, along three axes. */
record Grid(int x, int y, int z) {
  /** The threads of every block, along its one axis. */
  static final int THREADS = 256;

  private static final int LARGEST_Y = 65_535;

  Grid {
    if (x < 1 || y < 1 || z < 1 || y > LARGEST_Y || z > LARGEST_Y) {
      throw new IllegalArgumentException(
          "a grid is %d × %d × %d blocks; allowed: 1 to 2147483647 × 65535 × 65535"
              .formatted(x, y, z));
    }
  }

  /** One thread for each of these. */
  static Grid covering(long threads) {
    return new Grid(ceil(threads, THREADS), 1, 1);
  }

  /** a / b, rounded up. */
  static int ceil(long a, long b) {
    return Math.toIntExact((a + b - 1) / b);
  }
}
