package io.coppice.framework.display;

import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/**
 * The places of an axis that are written: multiples of 1, 2 or 5 times a power of ten.
 *
 * @param low the axis's lower end, a tick
 * @param high the axis's upper end, a tick
 */
record Ticks(double low, double high, double step) {

  /**
   * An axis over sorted values; without the share of them at the low or the high end that stretches
   * it most, where that makes it twice as long.
   */
  static Ticks over(double[] sorted, double without, int most) {
    int last = sorted.length - 1;
    int skipped = (int) Math.floor(without * last);
    boolean lowIsFar = sorted[skipped] - sorted[0] > sorted[last] - sorted[last - skipped];
    double low = lowIsFar ? sorted[skipped] : sorted[0];
    double high = lowIsFar ? sorted[last] : sorted[last - skipped];
    if (2 * (high - low) > sorted[last] - sorted[0]) {
      low = sorted[0];
      high = sorted[last];
    }
    double range = high - low > 0 ? high - low : Math.max(Math.abs(high), 1e-9) * 0.1;
    double step = step(range, most);
    double from = Math.floor(low / step) * step;
    double to = Math.ceil(high / step) * step;
    return new Ticks(from, to > from ? to : from + step, step);
  }

  /** An axis from 0 whose ticks are whole numbers. */
  static Ticks whole(double end, int most) {
    double step = Math.max(1, step(Math.max(end, 1), most));
    return new Ticks(0, Math.floor(end / step) * step, step);
  }

  private static double step(double range, int most) {
    double power = Math.pow(10, Math.floor(Math.log10(range / most)));
    return DoubleStream.of(1, 2, 5, 10)
        .map(digit -> digit * power)
        .filter(step -> range / step <= most)
        .findFirst()
        .orElse(10 * power);
  }

  /** Whether the axis reaches this place. */
  boolean hold(double place) {
    double tolerance = 1e-6 * step;
    return place >= low - tolerance && place <= high + tolerance;
  }

  double[] places() {
    long count = Math.round((high - low) / step);
    return LongStream.rangeClosed(0, count).mapToDouble(i -> low + i * step).toArray();
  }
}
