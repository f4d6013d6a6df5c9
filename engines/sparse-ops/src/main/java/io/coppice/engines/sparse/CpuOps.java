package io.coppice.engines.sparse;

import io.coppice.framework.ops.ConvolutionShape;
import io.coppice.framework.ops.Layout;
import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.ops.Topology;
import io.coppice.framework.optimize.FusedSteps;

/**
 * The sparse operations in native code, on as many threads as OpenMP gives the calling one. Memory
 * must be the host's.
 */
public final class CpuOps implements SparseOps {
  private final Isa isa;

  /** Needs a bound {@link SparseLibrary} and a processor that has the instruction set. */
  CpuOps(Isa isa) {
    this.isa = isa;
  }

  @Override
  public String name() {
    return "CPU " + isa;
  }

  @Override
  public String version() {
    return LoadedLibrary.inThisProcess().hash();
  }

  @Override
  public int threads() {
    return SparseLibrary.coppice_threads();
  }

  @Override
  public Product product(Topology topology) {
    return new CpuProduct(isa, topology);
  }

  /** In blocks, too: N:M has no kernel of its own there. */
  @Override
  public boolean convolvesIn(Layout layout) {
    return !(layout instanceof Layout.NOfM);
  }

  @Override
  public Convolution convolution(Topology weights, ConvolutionShape shape) {
    return new CpuConvolution(isa, weights, shape);
  }

  /** The steps of optimisers with the same instructions. */
  FusedSteps steps() {
    return new CpuSteps(isa);
  }
}
