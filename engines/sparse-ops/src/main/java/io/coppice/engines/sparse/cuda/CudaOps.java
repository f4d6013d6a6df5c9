package io.coppice.engines.sparse.cuda;

import ai.djl.Device;
import io.coppice.framework.ops.ConvolutionShape;
import io.coppice.framework.ops.FloatMemory;
import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.ops.Topology;

/** The sparse operations on a GPU; they launch and do not wait. */
public final class CudaOps implements SparseOps {
  private final KernelDevice device;
  private final String chip;

  CudaOps(KernelDevice device, String chip) {
    this.device = device;
    this.chip = chip;
  }

  @Override
  public String name() {
    return "CUDA " + chip;
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
    return new CudaProduct(device, topology);
  }

  @Override
  public Convolution convolution(Topology weights, ConvolutionShape shape) {
    return new CudaConvolution(device, weights, shape);
  }

  /**
   * A product in bf16 on tensor cores.
   *
   * @throws io.coppice.framework.recipe.RecipeException when the layout is not of blocks whose
   *     sides are multiples of 16
   */
  public Bf16Blocks bf16Blocks(Topology topology, int batch) {
    return new Bf16Blocks(device, topology, batch);
  }

  /** The steps of optimisers on the same GPU. */
  public CudaSteps steps() {
    return new CudaSteps(device);
  }
}
