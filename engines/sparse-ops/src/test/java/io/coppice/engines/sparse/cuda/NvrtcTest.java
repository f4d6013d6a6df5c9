package io.coppice.engines.sparse.cuda;

import static io.coppice.framework.ops.Precision.BFLOAT16;
import static io.coppice.framework.ops.Precision.FLOAT32;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.coppice.framework.optimize.EngineSupport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles for GPUs that need not be there; {@code COPPICE_NVRTC} may name the compiler. */
class NvrtcTest {
  private static final Gpu HOPPER = new Gpu(0, 0, "a Hopper", 90, 132, 0);
  private static final Tiling BLOCKS = new Tiling(40, 67, 4, 1);

  @TempDir Path folder;

  private Nvrtc nvrtc;

  @BeforeEach
  void find() {
    EngineSupport.find().start();
    Optional<Nvrtc> found = Nvrtc.inThisProcess();
    assumeTrue(found.isPresent(), "there is no NVRTC");
    nvrtc = found.get();
  }

  @Test
  void compilesEveryKernel() {
    List<KernelSource> sources =
        List.of(
            Kernels.TRANSPOSE,
            Kernels.OPTIMIZER,
            Kernels.convolution(FLOAT32),
            Kernels.convolution(BFLOAT16),
            Kernels.SUMS,
            Kernels.index(BLOCKS, FLOAT32, true),
            Kernels.multiplying(BLOCKS.transposed(), FLOAT32, 64, 8),
            Kernels.sampling(BLOCKS, FLOAT32, 128));
    for (KernelSource source : sources) {
      byte[] code = nvrtc.compile(source, CodeTarget.of(90, nvrtc.capabilities()));
      assertArrayEquals(new byte[] {127, 'E', 'L', 'F'}, Arrays.copyOf(code, 4));
    }
  }

  @Test
  void makesPtxForLaterChips() {
    byte[] code = nvrtc.compile(Kernels.TRANSPOSE, new CodeTarget(80, false));
    String ptx = new String(code, StandardCharsets.UTF_8);
    assertTrue(ptx.contains(".target sm_80"), ptx);
    assertTrue(ptx.contains(".entry coppice_transpose("), ptx);
  }

  @Test
  void whatIsRefusedComesWithTheCompilersWords() {
    KernelSource source = KernelSource.of("spmm", "HEIGHT=4", "WIDTH=nonsense");
    String message =
        assertThrows(CudaException.class, () -> nvrtc.compile(source, new CodeTarget(80, true)))
            .getMessage();
    assertTrue(message.startsWith(nvrtc + " refuses spmm.cu: "), message);
    assertTrue(message.contains("nonsense"), message);
  }

  @Test
  void compilesOnceForAChip() throws Exception {
    KernelCode code = new KernelCode(Optional.of(nvrtc), new CubinCache(folder), HOPPER);
    byte[] first = code.of(Kernels.TRANSPOSE);
    try (var files = Files.list(folder)) {
      assertEquals(1, files.count());
    }
    assertArrayEquals(first, code.of(Kernels.TRANSPOSE));
  }

  @Test
  void isOfNoUseToAnOlderDriver() {
    int major = nvrtc.version().major();
    assertEquals(
        Optional.empty(), KernelCode.usable(Optional.of(nvrtc), new CudaVersion(major - 1, 9)));
    assertEquals(
        Optional.of(nvrtc), KernelCode.usable(Optional.of(nvrtc), new CudaVersion(major, 0)));
  }
}
