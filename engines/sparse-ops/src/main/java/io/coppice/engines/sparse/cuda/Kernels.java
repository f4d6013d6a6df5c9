package io.coppice.engines.sparse.cuda;

import java.util.ArrayList;
import java.util.List;

/** The sources of the kernels that a matrix's tiling asks for. */
final class Kernels {
  /** Without the define TILE, as what is compiled with Coppice is. */
  static final int DEFAULT_EXAMPLES = 128;

  /** Without the define WARP_ROWS. */
  static final int DEFAULT_WARP_ROWS = 16;

  static final KernelSource TRANSPOSE = KernelSource.of("transpose");
  static final KernelSource OPTIMIZER = KernelSource.of("optimizer");
  static final KernelSource CONVOLUTION = KernelSource.of("conv2d");

  /** Of sums over planes, whatever the layout. */
  static final KernelSource SUMS = KernelSource.of("sddmm", "HEIGHT=1", "WIDTH=1");

  private Kernels() {}

  /**
   * Of the index and of few examples, which know no tile: the one that compiles fastest.
   *
   * @param compiles whether there is a choice
   */
  static KernelSource index(Tiling tiling, boolean compiles) {
    return compiles
        ? multiplying(tiling, 32, 1)
        : multiplying(tiling, DEFAULT_EXAMPLES, DEFAULT_WARP_ROWS);
  }

  static KernelSource multiplying(Tiling tiling, int examples, int warpRows) {
    List<String> defines = shape(tiling, examples);
    if (warpRows != DEFAULT_WARP_ROWS) {
      defines.add("WARP_ROWS=" + warpRows);
    }
    return new KernelSource("spmm", defines);
  }

  static KernelSource sampling(Tiling tiling, int examples) {
    return new KernelSource("sddmm", shape(tiling, examples));
  }

  private static List<String> shape(Tiling tiling, int examples) {
    List<String> defines =
        new ArrayList<>(List.of("HEIGHT=" + tiling.height(), "WIDTH=" + tiling.width()));
    if (examples != DEFAULT_EXAMPLES) {
      defines.add("TILE=" + examples);
    }
    return defines;
  }
}
