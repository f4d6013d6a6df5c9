package io.coppice.framework.ops;

/**
 * The operations in plain Java, on one thread and in the host's memory: what every other home is
 * compared with, and what serves where there is none.
 */
public final class JavaOps implements SparseOps {

  @Override
  public String name() {
    return "Java";
  }

  @Override
  public Product product(Topology topology) {
    return new JavaProduct(topology);
  }

  @Override
  public Convolution convolution(Topology weights, ConvolutionShape shape) {
    return new JavaConvolution(weights, shape);
  }
}
