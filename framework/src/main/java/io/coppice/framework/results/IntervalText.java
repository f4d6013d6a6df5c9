package io.coppice.framework.results;

import io.coppice.framework.statistics.Estimate;
import java.util.Arrays;

/**
 * Means and their intervals drawn with characters below each other: {@code ├──●──┤}, with the
 * baseline's mean as a dotted line through all of them.
 *
 * @param span what the characters stand for
 * @param baseline the baseline's mean, NaN for none
 * @param length in characters
 */
record IntervalText(Span span, double baseline, int length) {

  /** Both ends of the axis, each over its place. */
  String ends(Unit unit) {
    String low = unit.show(span.low());
    String high = unit.show(span.high());
    return low + " ".repeat(Math.max(1, length - low.length() - high.length())) + high;
  }

  String of(Estimate estimate) {
    char[] line = new char[length];
    Arrays.fill(line, ' ');
    if (span.isEmpty() || estimate.count() == 0) {
      return new String(line);
    }
    if (Double.isFinite(baseline)) {
      line[place(baseline)] = '┊';
    }
    if (estimate.hasInterval()) {
      Arrays.fill(line, place(estimate.low()), place(estimate.high()) + 1, '─');
      end(line, estimate.low(), '├');
      end(line, estimate.high(), '┤');
    }
    line[place(estimate.mean())] = '●';
    return new String(line);
  }

  /** An interval that leaves the span has no end to show. */
  private void end(char[] line, double value, char mark) {
    if (value >= span.low() && value <= span.high()) {
      line[place(value)] = mark;
    }
  }

  private int place(double value) {
    return (int) Math.round((length - 1) * Math.max(0, Math.min(1, span.place(value))));
  }
}
