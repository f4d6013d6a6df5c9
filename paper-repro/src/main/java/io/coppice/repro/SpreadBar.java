package io.coppice.repro;

import io.coppice.framework.results.Column;
import io.coppice.framework.run.RunResult;
import io.coppice.framework.statistics.Estimate;
import java.util.List;

/** A method's seeds, their mean and its interval on the axis of a study. */
final class SpreadBar {
  private static final int WIDTH = 190;
  private static final int HEIGHT = 30;
  private static final int MIDDLE = 12;

  private final double low;
  private final double high;

  SpreadBar(Ledger ledger) {
    double lowest = Double.POSITIVE_INFINITY;
    double highest = Double.NEGATIVE_INFINITY;
    for (RunResult run : ledger.runs()) {
      double accuracy = accuracy(run);
      if (Double.isFinite(accuracy)) {
        lowest = Math.min(lowest, accuracy);
        highest = Math.max(highest, accuracy);
      }
    }
    double room = lowest <= highest ? Math.max(0.1, 0.25 * (highest - lowest)) : 0;
    low = lowest - room;
    high = Math.min(100, highest + room);
  }

  private static double accuracy(RunResult run) {
    return 100 * run.metrics().getOrDefault(Column.ACCURACY.metric(), Double.NaN);
  }

  String axis() {
    return low <= high
        ? Rule.text(
            "<span class=\"axis\" style=\"width:%dpx\"><span>%.1f</span><span>%.1f</span></span>",
            WIDTH, low, high)
        : "";
  }

  String svg(List<RunResult> runs) {
    Estimate estimate = Rule.estimate(runs, Column.ACCURACY, 100);
    Svg svg = new Svg(WIDTH, HEIGHT);
    if (estimate.hasInterval()) {
      svg.line("bar", x(estimate.low()), MIDDLE, x(estimate.high()), MIDDLE);
    }
    runs.stream()
        .mapToDouble(SpreadBar::accuracy)
        .filter(Double::isFinite)
        .forEach(accuracy -> svg.dot("seed", x(accuracy), MIDDLE + 10, 1.8));
    svg.dot("mean", x(estimate.mean()), MIDDLE, 4);
    return svg.element("spread", VerdictPage.accuracy(estimate));
  }

  private double x(double accuracy) {
    return 4 + (WIDTH - 8) * Math.max(0, Math.min(1, (accuracy - low) / (high - low)));
  }
}
