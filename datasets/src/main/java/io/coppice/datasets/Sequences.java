package io.coppice.datasets;

import java.util.stream.IntStream;

/** The operations on sequences that MNIST-1D's generator is made of, as NumPy computes them. */
final class Sequences {
  private Sequences() {}

  static int[] positions(int count) {
    return IntStream.range(0, count).toArray();
  }

  /** Point {@code i} of {@code count} evenly spaced ones from {@code first} to {@code last}. */
  static double spaced(double first, double last, int i, int count) {
    if (i == count - 1 && count > 1) {
      return last;
    }
    return count == 1 ? first : i * ((last - first) / (count - 1)) + first;
  }

  /** Linear interpolation to {@code count} points over the same range. */
  static double[] resampled(double[] values, int count) {
    double[] resampled = new double[count];
    int left = 0;
    for (int i = 0; i < count; i++) {
      double x = spaced(0, 1, i, count);
      while (left < values.length - 1 && spaced(0, 1, left + 1, values.length) <= x) {
        left++;
      }
      double start = spaced(0, 1, left, values.length);
      if (left == values.length - 1 || start == x) {
        resampled[i] = values[left];
      } else {
        double width = spaced(0, 1, left + 1, values.length) - start;
        resampled[i] = (values[left + 1] - values[left]) / width * (x - start) + values[left];
      }
    }
    return resampled;
  }

  /** Moves every value {@code by} points on and the last to the front; too far changes nothing. */
  static double[] rotatedRight(double[] values, int by) {
    if (by >= values.length) {
      return values;
    }
    double[] rotated = new double[values.length];
    System.arraycopy(values, values.length - by, rotated, 0, by);
    System.arraycopy(values, 0, rotated, by, values.length - by);
    return rotated;
  }
}
