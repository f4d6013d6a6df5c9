package io.coppice.engines.sparse.cuda;

import ai.djl.Device;
import io.coppice.framework.ops.ConvolutionShape;
import io.coppice.framework.ops.FloatMemory;
import io.coppice.framework.ops.Precision;
import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.ops.Topology;
import io.coppice.framework.recipe.RecipeException;
import io.coppice.framework.recipe.Require;

/** The sparse operations on a GPU; they launch and do not wait. */
public final class CudaOps implements SparseOps {
  private final KernelDevice device;
  private final String chip;
  private final Precision precision;

  /** In float32. */
  CudaOps(KernelDevice device, String chip) {
    this(device, chip, Precision.FLOAT32);
  }

  private CudaOps(KernelDevice device, String chip, Precision precision) {
    this.device = device;
    this.chip = chip;
    this.precision = precision;
  }

  @Override
  public String name() {
    return "CUDA " + chip + (precision == Precision.FLOAT32 ? "" : " in " + precision);
  }

  @Override
  public Precision precision() {
    return precision;
  }

  /**
   * {@inheritDoc}
   *
   * <p>In bfloat16, blocks whose sides are multiples of 16 and 2:4 run on tensor cores.
   *
   * @throws RecipeException for bfloat16 where there is no NVRTC to compile its kernels
   */
  @Override
  public CudaOps in(Precision other) {
    Require.that(
        other == Precision.FLOAT32 || device.compiles(),
        "precision of products by " + name(),
        other,
        "float32 without NVRTC; " + NvrtcSearch.REMEDY);
    return new CudaOps(device, chip, other);
  }

  @Override
  public Device device() {
    return device.device();
  }

  @Override
  public FloatMemory memory() {
    return new CudaMemory(device);
  }

  @Override
  public Product product(Topology topology) {
    return new CudaProduct(device, topology, precision);
  }

  @Override
  public Convolution convolution(Topology weights, ConvolutionShape shape) {
    return new CudaConvolution(device, weights, shape, precision);
  }

  /** The steps of optimisers on the same GPU. */
  public CudaSteps steps() {
    return new CudaSteps(device);
  }
}
