package io.coppice.engines.sparse.cuda;

/** What bf16 blocks launch, run by {@link EmulatedDevice}. */
class Bf16BlocksTest extends Bf16Contract {

  @Override
  CudaOps open() {
    return new CudaOps(new EmulatedDevice(1, true), "emulated");
  }
}
