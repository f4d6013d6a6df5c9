package io.coppice.engines.sparse.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.coppice.framework.ops.Precision;
import io.coppice.framework.recipe.RecipeException;
import org.junit.jupiter.api.Test;

/** What a GPU's product in bf16 launches, run by {@link EmulatedDevice}. */
class CudaBf16Test extends Bf16Contract {

  @Override
  CudaOps open() {
    return new CudaOps(new EmulatedDevice(132, true), "emulated");
  }

  @Test
  void needsACompiler() {
    CudaOps usual = new CudaOps(new EmulatedDevice(1, false), "emulated");
    assertEquals(
        "precision of products by CUDA emulated is bfloat16; allowed: float32 without NVRTC; "
            + NvrtcSearch.REMEDY,
        assertThrows(RecipeException.class, () -> usual.in(Precision.BFLOAT16)).getMessage());
  }
}
