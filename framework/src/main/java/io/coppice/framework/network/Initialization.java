package io.coppice.framework.network;

import ai.djl.ndarray.types.Shape;
import java.util.Random;

/** How a weight of shape [out, in, kernel...] is drawn before training. */
public enum Initialization {
  /** N(0, 2 / fan in); He et al. 2015, eq. 10. */
  KAIMING_NORMAL {
    @Override
    double draw(Random random, double fanIn, double fanOut) {
      return random.nextGaussian() * Math.sqrt(2 / fanIn);
    }
  },
  /** U(-b, b), b = sqrt(6 / fan in). */
  KAIMING_UNIFORM {
    @Override
    double draw(Random random, double fanIn, double fanOut) {
      return (2 * random.nextDouble() - 1) * Math.sqrt(6 / fanIn);
    }
  },
  /** N(0, 2 / (fan in + fan out)); Glorot and Bengio 2010, eq. 12. */
  XAVIER_NORMAL {
    @Override
    double draw(Random random, double fanIn, double fanOut) {
      return random.nextGaussian() * Math.sqrt(2 / (fanIn + fanOut));
    }
  },
  /** U(-b, b), b = sqrt(6 / (fan in + fan out)); Glorot and Bengio 2010, eq. 16. */
  XAVIER_UNIFORM {
    @Override
    double draw(Random random, double fanIn, double fanOut) {
      return (2 * random.nextDouble() - 1) * Math.sqrt(6 / (fanIn + fanOut));
    }
  },
  /** U(-b, b), b = 1 / sqrt(fan in); what PyTorch's linear and convolution layers start from. */
  PYTORCH {
    @Override
    double draw(Random random, double fanIn, double fanOut) {
      return (2 * random.nextDouble() - 1) / Math.sqrt(fanIn);
    }
  };

  abstract double draw(Random random, double fanIn, double fanOut);

  /** Values for a weight of this shape, row by row. */
  public float[] sample(Shape shape, Random random) {
    double kernel = shape.dimension() > 2 ? shape.slice(2).size() : 1;
    double fanIn = shape.get(1) * kernel;
    double fanOut = shape.get(0) * kernel;
    float[] values = new float[Math.toIntExact(shape.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) draw(random, fanIn, fanOut);
    }
    return values;
  }
}
