package io.coppice.framework.statistics;

import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;

/**
 * What a sample says of the mean it was drawn around.
 *
 * @param count the sample's size
 * @param mean NaN for an empty sample
 * @param sd the standard deviation over n − 1, NaN below two values
 * @param halfWidth95 half the 95 % t-interval of the mean, t(0.975, n − 1) · sd / √n, NaN below two
 *     values
 */
public record Estimate(int count, double mean, double sd, double halfWidth95) {

  public static Estimate of(double... values) {
    int count = values.length;
    double mean = count == 0 ? Double.NaN : StatUtils.mean(values);
    if (count < 2) {
      return new Estimate(count, mean, Double.NaN, Double.NaN);
    }
    double sd = Math.sqrt(StatUtils.variance(values));
    double t = new TDistribution(count - 1).inverseCumulativeProbability(0.975);
    return new Estimate(count, mean, sd, t * sd / Math.sqrt(count));
  }

  /** Whether there is an interval: at least two values. */
  public boolean hasInterval() {
    return count >= 2;
  }

  /** The interval's lower end. */
  public double low() {
    return mean - halfWidth95;
  }

  /** The interval's upper end. */
  public double high() {
    return mean + halfWidth95;
  }
}
