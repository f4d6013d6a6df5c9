package io.coppice.engines.sparse.cuda;

import org.junit.jupiter.api.Tag;

/** Products on this machine's GPU. */
@Tag("gpu")
class GpuProductTest extends ProductContract {

  @Override
  CudaOps open() {
    return GpuMachine.ops();
  }
}
