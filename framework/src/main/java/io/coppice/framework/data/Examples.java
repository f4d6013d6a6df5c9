package io.coppice.framework.data;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;

/**
 * One part of a data set in plain memory.
 *
 * @param features the examples one after the other, [count, sample...] in row-major order
 * @param labels one class per example, from 0
 * @param sample the shape of one example
 */
public record Examples(float[] features, int[] labels, Shape sample) {
  public Examples {
    if (features.length != labels.length * sample.size()) {
      throw new IllegalArgumentException(
          features.length + " features do not make " + labels.length + " examples of " + sample);
    }
  }

  public int count() {
    return labels.length;
  }

  /** The examples at these positions, in this order. */
  public Examples select(int[] positions) {
    int size = Math.toIntExact(sample.size());
    float[] chosen = new float[positions.length * size];
    int[] chosenLabels = new int[positions.length];
    for (int i = 0; i < positions.length; i++) {
      System.arraycopy(features, positions[i] * size, chosen, i * size, size);
      chosenLabels[i] = labels[positions[i]];
    }
    return new Examples(chosen, chosenLabels, sample);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Examples that
        && Arrays.equals(features, that.features)
        && Arrays.equals(labels, that.labels)
        && sample.equals(that.sample);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(features) + Arrays.hashCode(labels);
  }

  @Override
  public String toString() {
    return count() + " examples of " + sample;
  }
}
