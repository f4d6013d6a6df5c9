package io.coppice.cli.bench;

import io.coppice.framework.ops.ConvolutionShape;
import io.coppice.framework.ops.Layout;
import java.util.List;

/** The forward pass of a convolution. */
record ConvolutionCase(
    int out, ConvolutionShape shape, int batch, double sparsity, int threads, List<Layout> layouts)
    implements OpsCase {

  ConvolutionCase {
    layouts = List.copyOf(layouts);
  }

  @Override
  public int in() {
    return shape.channelsIn();
  }

  /** The outputs and inputs, the kernel and the image, such as {@code 64x64 3x3 on 32x32}. */
  @Override
  public String subject() {
    return "%dx%d %dx%d on %dx%d"
        .formatted(
            out, in(), shape.kernelHeight(), shape.kernelWidth(), shape.height(), shape.width());
  }
}
