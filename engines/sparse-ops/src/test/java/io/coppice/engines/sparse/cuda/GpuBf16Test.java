package io.coppice.engines.sparse.cuda;

import org.junit.jupiter.api.Tag;

/** Products in bf16 on this machine's GPU. */
@Tag("gpu")
class GpuBf16Test extends Bf16Contract {

  @Override
  CudaOps open() {
    return GpuMachine.ops();
  }
}
