package io.coppice.framework.statistics;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeSet;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.inference.TTest;

/**
 * Student's paired t-test, two-sided: two methods compared over the seeds they share, so that what
 * a seed does to both cancels.
 *
 * @param difference first minus second, over the common seeds
 * @param p empty where no test can be made: below two common seeds, or when the difference is the
 *     same in every seed and not 0; 1 when both agree in every seed
 */
public record PairedTest(Estimate difference, OptionalDouble p) {

  /** Differences closer than this, relative to the values, are rounding. */
  private static final double ROUNDING = 1e-12;

  /** Compares two methods' values by seed. */
  public static PairedTest of(Map<Long, Double> first, Map<Long, Double> second) {
    TreeSet<Long> common = new TreeSet<>(first.keySet());
    common.retainAll(second.keySet());
    double[] a = common.stream().mapToDouble(first::get).toArray();
    double[] b = common.stream().mapToDouble(second::get).toArray();
    double[] differences = new double[a.length];
    double scale = 0;
    for (int i = 0; i < a.length; i++) {
      differences[i] = a[i] - b[i];
      scale = Math.max(scale, Math.max(Math.abs(a[i]), Math.abs(b[i])));
    }
    return new PairedTest(Estimate.of(differences), p(a, b, differences, ROUNDING * scale));
  }

  private static OptionalDouble p(double[] a, double[] b, double[] differences, double rounding) {
    if (a.length < 2) {
      return OptionalDouble.empty();
    }
    double low = StatUtils.min(differences);
    double high = StatUtils.max(differences);
    if (Math.max(Math.abs(low), Math.abs(high)) <= rounding) {
      return OptionalDouble.of(1);
    }
    return high - low <= rounding
        ? OptionalDouble.empty()
        : OptionalDouble.of(new TTest().pairedTTest(a, b));
  }

  /** The number of seeds both methods share. */
  public int pairs() {
    return difference.count();
  }
}
