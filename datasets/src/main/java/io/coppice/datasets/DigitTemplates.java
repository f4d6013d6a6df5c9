package io.coppice.datasets;

import java.util.Arrays;

/** MNIST-1D's ten digit shapes of 12 points, centred, scaled and starting at 0. */
final class DigitTemplates {
  private static final double[][] TEMPLATES = {
    standardised(5, 6, 6.5, 6.75, 7, 7, 7, 7, 6.75, 6.5, 6, 5),
    standardised(5, 3, 3, 3.4, 3.8, 4.2, 4.6, 5, 5.4, 5.8, 5, 5),
    standardised(5, 6, 6.5, 6.5, 6, 5.25, 4.75, 4, 3.5, 3.5, 4, 5),
    standardised(5, 6, 6.5, 6.5, 6, 5, 5, 6, 6.5, 6.5, 6, 5),
    standardised(5, 4.4, 3.8, 3.2, 2.6, 2.6, 5, 5, 5, 5, 5, 5),
    standardised(5, 3, 3, 3, 3, 5, 6, 6.5, 6.5, 6, 4.5, 5),
    standardised(5, 4, 3.5, 3.25, 3, 3, 3, 3, 3.25, 3.5, 4, 5),
    standardised(5, 7, 7, 6.6, 6.2, 5.8, 5.4, 5, 4.6, 4.2, 5, 5),
    standardised(5, 4, 3.5, 3.5, 4, 5, 5, 4, 3.5, 3.5, 4, 5),
    standardised(5, 4, 3.5, 3.5, 4, 5, 5, 5, 5, 4.7, 4.3, 5)
  };

  private DigitTemplates() {}

  static double[] of(int digit) {
    return TEMPLATES[digit].clone();
  }

  private static double[] standardised(double... points) {
    double mean = Arrays.stream(points).average().orElseThrow();
    double variance =
        Arrays.stream(points).map(p -> (p - mean) * (p - mean)).average().orElseThrow();
    double deviation = StrictMath.sqrt(variance);
    double first = (points[0] - mean) / deviation;
    return Arrays.stream(points).map(p -> ((p - mean) / deviation - first) / 6).toArray();
  }
}
