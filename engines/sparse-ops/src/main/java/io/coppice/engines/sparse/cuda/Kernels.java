package io.coppice.engines.sparse.cuda;

/** The sources of the kernels that a matrix's tiling asks for. */
final class Kernels {
  static final KernelSource TRANSPOSE = KernelSource.of("transpose");
  static final KernelSource OPTIMIZER = KernelSource.of("optimizer");
  static final KernelSource CONVOLUTION = KernelSource.of("conv2d");

  /** Of sums over planes, whatever the layout. */
  static final KernelSource SUMS = KernelSource.of("sddmm", "HEIGHT=1", "WIDTH=1");

  private Kernels() {}

  /** Of the index and of few examples, which know no tile: the tile that compiles fastest. */
  static KernelSource index(Tiling tiling) {
    return multiplying(tiling, 32, 1);
  }

  static KernelSource multiplying(Tiling tiling, int examples, int warpRows) {
    return KernelSource.of(
        "spmm", height(tiling), width(tiling), "TILE=" + examples, "WARP_ROWS=" + warpRows);
  }

  static KernelSource sampling(Tiling tiling, int examples) {
    return KernelSource.of("sddmm", height(tiling), width(tiling), "TILE=" + examples);
  }

  private static String height(Tiling tiling) {
    return "HEIGHT=" + tiling.height();
  }

  private static String width(Tiling tiling) {
    return "WIDTH=" + tiling.width();
  }
}
