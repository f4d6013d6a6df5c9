package io.coppice.cli.bench;

import ai.djl.ndarray.types.Shape;
import io.coppice.framework.data.DataSource;
import io.coppice.framework.data.Examples;
import io.coppice.framework.data.Parts;
import java.util.Random;

/** Noise in the shape of MNIST: a step's time does not depend on what the pictures show. */
record NoiseDigits(int count) implements DataSource {
  private static final Shape SAMPLE = new Shape(784);

  @Override
  public String name() {
    return "noise digits";
  }

  @Override
  public Parts load() {
    return new Parts(10, noise(count, 1), noise(10, 2), () -> noise(10, 3));
  }

  private static Examples noise(int count, long seed) {
    Random random = new Random(seed);
    float[] features = new float[count * (int) SAMPLE.size()];
    for (int i = 0; i < features.length; i++) {
      features[i] = (float) random.nextGaussian();
    }
    return new Examples(features, random.ints(count, 0, 10).toArray(), SAMPLE);
  }
}
