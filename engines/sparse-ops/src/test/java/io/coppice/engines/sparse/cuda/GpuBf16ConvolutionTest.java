package io.coppice.engines.sparse.cuda;

import io.coppice.framework.ops.Precision;
import io.coppice.framework.ops.SparseOps;
import org.junit.jupiter.api.Tag;

/** Convolutions in bf16 on this machine's GPU. */
@Tag("gpu")
class GpuBf16ConvolutionTest extends Bf16ConvolutionContract {

  @Override
  SparseOps open() {
    return GpuMachine.ops().in(Precision.BFLOAT16);
  }
}
