package io.coppice.engines.sparse.cuda;

import io.coppice.framework.ops.Precision;
import java.util.ArrayList;
import java.util.List;

/** The sources of the kernels that a matrix's tiling asks for. */
final class Kernels {
  /** Without the define TILE, as what is compiled with Coppice is. */
  static final int DEFAULT_EXAMPLES = 128;

  /** Without the define WARP_ROWS. */
  static final int DEFAULT_WARP_ROWS = 16;

  static final KernelSource TRANSPOSE = KernelSource.of("transpose");
  static final KernelSource TWO_OF_FOUR = KernelSource.of("two_of_four");
  static final KernelSource OPTIMIZER = KernelSource.of("optimizer");

  /** Of sums over planes, whatever the layout. */
  static final KernelSource SUMS = sums(Precision.FLOAT32);

  private static final String IN_BF16 = "COPPICE_BF16";

  private Kernels() {}

  /**
   * Of the index and of few examples, which know no tile: the one that compiles fastest.
   *
   * @param compiles whether there is a choice
   */
  static KernelSource index(Tiling tiling, Precision precision, boolean compiles) {
    return compiles
        ? multiplying(tiling, precision, 32, 1)
        : multiplying(tiling, precision, DEFAULT_EXAMPLES, DEFAULT_WARP_ROWS);
  }

  static KernelSource multiplying(Tiling tiling, Precision precision, int examples, int warpRows) {
    List<String> defines = shape(tiling, precision, examples);
    if (warpRows != DEFAULT_WARP_ROWS) {
      defines.add("WARP_ROWS=" + warpRows);
    }
    return new KernelSource("spmm", defines);
  }

  static KernelSource sampling(Tiling tiling, Precision precision, int examples) {
    return new KernelSource("sddmm", shape(tiling, precision, examples));
  }

  static KernelSource sums(Precision precision) {
    return sampling(new Tiling(1, 1, 1, 1), precision, DEFAULT_EXAMPLES);
  }

  static KernelSource transpose(Precision precision) {
    return of("transpose", precision);
  }

  static KernelSource convolution(Precision precision) {
    return of("conv2d", precision);
  }

  /** Of blocks on tensor cores, which are of bf16 always. */
  static KernelSource blocks(Tiling tiling) {
    return new KernelSource(
        "blocks", List.of("HEIGHT=" + tiling.height(), "WIDTH=" + tiling.width()));
  }

  private static KernelSource of(String op, Precision precision) {
    return precision == Precision.BFLOAT16 ? KernelSource.of(op, IN_BF16) : KernelSource.of(op);
  }

  private static List<String> shape(Tiling tiling, Precision precision, int examples) {
    List<String> defines =
        new ArrayList<>(List.of("HEIGHT=" + tiling.height(), "WIDTH=" + tiling.width()));
    if (precision == Precision.BFLOAT16) {
      defines.add(IN_BF16);
    }
    if (examples != DEFAULT_EXAMPLES) {
      defines.add("TILE=" + examples);
    }
    return defines;
  }
}
