package io.coppice.engines.sparse.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class CodeTargetTest {
  private static final int[] KNOWN = {50, 75, 80, 86, 90};

  @Test
  void isTheChipsOwnMachineCodeWhereItIsKnown() {
    assertEquals("--gpu-architecture=sm_90", CodeTarget.of(90, KNOWN).option());
    assertEquals("--gpu-architecture=sm_80", CodeTarget.of(80, KNOWN).option());
  }

  @Test
  void isMachineCodeOfAnEarlierChipOfTheSameKind() {
    assertEquals(new CodeTarget(86, true), CodeTarget.of(89, KNOWN));
  }

  @Test
  void isPtxForAChipThatCameLater() {
    assertEquals("--gpu-architecture=compute_90", CodeTarget.of(100, KNOWN).option());
  }

  @Test
  void refusesAChipBeforeAllThatTheCompilerKnows() {
    assertEquals(
        "NVRTC compiles for compute capabilities [50, 75, 80, 86, 90]; the GPU has 37",
        assertThrows(CudaException.class, () -> CodeTarget.of(37, KNOWN)).getMessage());
  }
}
