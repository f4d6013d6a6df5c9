package io.coppice.engines.sparse.cuda;

import io.coppice.framework.ops.SparseOps;

/** What a GPU's convolution launches, run by {@link EmulatedDevice}. */
class CudaConvolutionTest extends ConvolutionContract {

  @Override
  SparseOps open() {
    return new CudaOps(new EmulatedDevice(4, true), "emulated");
  }
}
