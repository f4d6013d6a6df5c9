package io.coppice.datasets;

/** Smoothing by a Gaussian kernel cut at four standard deviations, with reflected borders. */
final class GaussianFilter {
  private final double[] kernel;
  private final int radius;

  /**
   * @param sigma the kernel's standard deviation, in points
   */
  GaussianFilter(double sigma) {
    radius = (int) (4 * sigma + 0.5);
    kernel = new double[2 * radius + 1];
    double sum = 0;
    for (int i = 0; i < kernel.length; i++) {
      double distance = (i - radius) / sigma;
      kernel[i] = StrictMath.exp(-0.5 * distance * distance);
      sum += kernel[i];
    }
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] /= sum;
    }
  }

  double[] apply(double[] values) {
    double[] smoothed = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      for (int j = 0; j < kernel.length; j++) {
        smoothed[i] += kernel[j] * values[reflected(i + j - radius, values.length)];
      }
    }
    return smoothed;
  }

  /** The borders continue as d c b a | a b c d | d c b a. */
  private static int reflected(int position, int count) {
    int phase = Math.floorMod(position, 2 * count);
    return phase < count ? phase : 2 * count - 1 - phase;
  }
}
