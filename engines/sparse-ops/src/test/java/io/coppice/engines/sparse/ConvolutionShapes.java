package io.coppice.engines.sparse;

import io.coppice.framework.ops.ConvolutionShape;
import java.util.Random;

/** Small convolutions by chance. */
final class ConvolutionShapes {
  private ConvolutionShapes() {}

  /** Kernels of up to 5×5, strides of up to 3, paddings of up to 3, up to 4 groups. */
  static ConvolutionShape any(Random random, int largestImage) {
    int groups = random.nextInt(3) == 0 ? 1 + random.nextInt(4) : 1;
    int padding = random.nextInt(4);
    int height = 1 + random.nextInt(largestImage);
    int width = 1 + random.nextInt(largestImage);
    return new ConvolutionShape(
        groups * (1 + random.nextInt(3)),
        height,
        width,
        1 + random.nextInt(Math.min(5, height + 2 * padding)),
        1 + random.nextInt(Math.min(5, width + 2 * padding)),
        1 + random.nextInt(3),
        padding,
        groups);
  }
}
