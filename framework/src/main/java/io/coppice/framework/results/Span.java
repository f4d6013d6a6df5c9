package io.coppice.framework.results;

import io.coppice.framework.statistics.Estimate;
import java.util.List;

/**
 * The stretch of an axis that a metric's runs and intervals take. Two seeds can give intervals so
 * wide that nothing else can be read, so intervals widen the runs' own range threefold at most.
 *
 * @param low NaN, as is {@code high}, when no run has the metric
 */
record Span(double low, double high) {

  static Span of(List<MethodRow> rows, Column column) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    double lowest = Double.POSITIVE_INFINITY;
    double highest = Double.NEGATIVE_INFINITY;
    for (MethodRow row : rows) {
      Estimate estimate = row.estimate(column);
      for (var run : row.finished()) {
        double value = run.metrics().getOrDefault(column.metric(), Double.NaN);
        if (Double.isFinite(value)) {
          low = Math.min(low, value);
          high = Math.max(high, value);
        }
      }
      if (estimate.hasInterval()) {
        lowest = Math.min(lowest, estimate.low());
        highest = Math.max(highest, estimate.high());
      }
    }
    if (low > high) {
      return new Span(Double.NaN, Double.NaN);
    }
    double range = high - low > 0 ? high - low : Math.max(Math.abs(high), 1e-9) * 0.01;
    double from = Math.min(low, Math.max(lowest, low - range)) - 0.06 * range;
    double to = Math.max(high, Math.min(highest, high + range)) + 0.06 * range;
    return column.unit() == Unit.FRACTION
        ? new Span(Math.max(0, from), Math.min(1, to))
        : new Span(from, to);
  }

  boolean isEmpty() {
    return Double.isNaN(low);
  }

  /** Where a value lies, 0 at the low end and 1 at the high end. */
  double place(double value) {
    return (value - low) / (high - low);
  }
}
