package io.coppice.engines.sparse.cuda;

import io.coppice.framework.ops.Precision;
import io.coppice.framework.ops.SparseOps;

/** What a GPU's convolution in bf16 launches, run by {@link EmulatedDevice}. */
class CudaBf16ConvolutionTest extends Bf16ConvolutionContract {

  @Override
  SparseOps open() {
    return new CudaOps(new EmulatedDevice(4, true), "emulated").in(Precision.BFLOAT16);
  }
}
