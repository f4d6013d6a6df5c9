package io.coppice.datasets;

import ai.djl.ndarray.types.Shape;
import io.coppice.framework.data.Examples;
import java.util.ArrayList;
import java.util.List;

/**
 * Labelled pictures of one size, a byte per pixel and channel.
 *
 * @param pixels [count, channels, height, width] in row-major order, unsigned
 * @param labels one class per picture, from 0
 * @param sample the shape of one picture, [channels, height, width]
 */
record Pictures(byte[] pixels, int[] labels, Shape sample) {

  /** The pictures at these positions, in this order. */
  Examples examples(int[] positions, Normalisation normalisation) {
    int channels = (int) sample.get(0);
    int plane = (int) (sample.size() / channels);
    float[] features = new float[Math.multiplyExact(positions.length, channels * plane)];
    int[] chosenLabels = new int[positions.length];
    for (int channel = 0; channel < channels; channel++) {
      float[] levels = normalisation.levels(channel);
      for (int i = 0; i < positions.length; i++) {
        int from = (positions[i] * channels + channel) * plane;
        int to = (i * channels + channel) * plane;
        for (int j = 0; j < plane; j++) {
          features[to + j] = levels[pixels[from + j] & 0xff];
        }
      }
    }
    for (int i = 0; i < positions.length; i++) {
      chosenLabels[i] = labels[positions[i]];
    }
    return new Examples(features, chosenLabels, sample);
  }

  /** The mean and standard deviation of every channel over the pictures at these positions. */
  Normalisation fitted(int[] positions) {
    int channels = (int) sample.get(0);
    int plane = (int) (sample.size() / channels);
    List<Double> means = new ArrayList<>();
    List<Double> deviations = new ArrayList<>();
    for (int channel = 0; channel < channels; channel++) {
      long[] counts = new long[Normalisation.LEVELS];
      for (int position : positions) {
        int from = (position * channels + channel) * plane;
        for (int j = 0; j < plane; j++) {
          counts[pixels[from + j] & 0xff]++;
        }
      }
      double mean = moment(counts, 0, 1);
      double variance = moment(counts, mean, 2);
      means.add(mean);
      deviations.add(variance > 0 ? Math.sqrt(variance) : 1);
    }
    return new Normalisation(means, deviations);
  }

  private static double moment(long[] counts, double around, int power) {
    double sum = 0;
    long count = 0;
    for (int level = 0; level < counts.length; level++) {
      sum += counts[level] * Math.pow(level / (Normalisation.LEVELS - 1.0) - around, power);
      count += counts[level];
    }
    return sum / count;
  }
}
