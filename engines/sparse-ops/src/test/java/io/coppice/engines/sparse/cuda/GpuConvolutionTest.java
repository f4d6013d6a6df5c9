package io.coppice.engines.sparse.cuda;

import io.coppice.framework.ops.SparseOps;
import org.junit.jupiter.api.Tag;

/** Convolutions on this machine's GPU. */
@Tag("gpu")
class GpuConvolutionTest extends ConvolutionContract {

  @Override
  SparseOps open() {
    return GpuMachine.ops();
  }
}
