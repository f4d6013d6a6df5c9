package io.coppice.engines.sparse.cuda;

import static io.coppice.framework.ops.Precision.FLOAT32;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.coppice.engines.sparse.Command;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BundledCodeTest {
  private static final List<Tiling> USUAL =
      List.of(new Tiling(9, 9, 1, 1), new Tiling(9, 9, 4, 1), new Tiling(9, 9, 16, 1));

  /** The build's names for what it compiles are those that are asked for. */
  @Test
  void holdsTheUsualLayouts() throws InterruptedException {
    assumeTrue(Command.canRun("nvcc", "--version"), "there is no nvcc");
    assertTrue(BundledCode.isThere(), "nvcc failed; see target/cuda/nvcc.log of the build");
    for (Tiling tiling : USUAL) {
      assertIsThere(Kernels.index(tiling, FLOAT32, false));
      assertIsThere(Kernels.index(tiling.transposed(), FLOAT32, false));
      assertIsThere(Kernels.multiplying(tiling, FLOAT32, BatchTiles.of(9, false).examples(), 16));
      assertIsThere(Kernels.sampling(tiling, FLOAT32, BatchTiles.of(9, false).examples()));
    }
    for (KernelSource source :
        List.of(Kernels.TRANSPOSE, Kernels.convolution(FLOAT32), Kernels.OPTIMIZER, Kernels.SUMS)) {
      assertIsThere(source);
    }
  }

  private static void assertIsThere(KernelSource source) {
    assertTrue(BundledCode.of(source).isPresent(), source::toString);
  }

  @Test
  void anUnusualLayoutAsksForNvrtc() {
    KernelSource source = Kernels.index(new Tiling(9, 9, 7, 3), FLOAT32, false);
    assertEquals(Optional.empty(), BundledCode.of(source));
    assertEquals(
        "there is no NVRTC to compile spmm.cu with [HEIGHT=7, WIDTH=3], which was not compiled with"
            + " Coppice either: NVRTC comes with PyTorch's CUDA build and with CUDA's toolkit, and"
            + " COPPICE_NVRTC names its file",
        BundledCode.missing(source));
  }

  @Test
  void everyTextIsPacked() {
    for (String op : List.of("transpose", "spmm", "sddmm", "blocks", "conv2d", "optimizer")) {
      assertTrue(KernelSource.of(op).text().contains("COPPICE_KERNEL void "), op);
    }
  }
}
