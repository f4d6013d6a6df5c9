package io.coppice.framework.results;

import io.coppice.framework.display.Figures;
import io.coppice.framework.display.Html;
import io.coppice.framework.run.RunResult;
import io.coppice.framework.statistics.Estimate;
import java.util.Locale;

/**
 * A method's accuracy drawn small: a dot per seed, the mean, its interval, and the baseline's mean
 * as a line through all rows.
 */
final class IntervalBar {
  private static final int WIDTH = 168;
  private static final int HEIGHT = 34;
  private static final int MIDDLE = HEIGHT / 2;

  private final Span span;
  private final double baseline;

  /**
   * @param baseline the baseline's mean, NaN for none
   */
  IntervalBar(Span span, double baseline) {
    this.span = span;
    this.baseline = baseline;
  }

  String svg(MethodRow row, String colour) {
    StringBuilder marks = new StringBuilder();
    if (Double.isFinite(baseline)) {
      double x = x(baseline);
      marks.append(line("base", x, 0, x, HEIGHT, ""));
    }
    Estimate estimate = row.estimate(Column.ACCURACY);
    String stroke = " stroke=\"" + colour + "\"";
    if (estimate.hasInterval()) {
      double low = x(estimate.low());
      double high = x(estimate.high());
      marks.append(line("interval-bar", low, MIDDLE, high, MIDDLE, stroke));
      marks.append(end(estimate.low(), low, stroke)).append(end(estimate.high(), high, stroke));
    }
    for (RunResult run : row.finished()) {
      double accuracy = run.metrics().getOrDefault(Column.ACCURACY.metric(), Double.NaN);
      if (Double.isFinite(accuracy)) {
        marks.append(circle("seed", x(accuracy), MIDDLE + 9, 1.8, colour));
      }
    }
    if (estimate.count() > 0) {
      marks.append(circle("mean", x(estimate.mean()), MIDDLE, 4, colour));
    }
    return text(
        "<svg class=\"interval\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\""
            + " aria-label=\"%s\">%s</svg>",
        WIDTH, HEIGHT, WIDTH, HEIGHT, Html.escape(spoken(estimate)), marks);
  }

  /** The two ends of the axis, in per cent. */
  String axis() {
    return text(
        "<span class=\"axis\" style=\"width:%dpx\"><span>%s</span><span>%s</span></span>",
        WIDTH, Figures.fixed(100 * span.low(), 1), Figures.fixed(100 * span.high(), 1));
  }

  private static String spoken(Estimate estimate) {
    return estimate.hasInterval()
        ? text(
            "%.2f %% with a 95 %% interval from %.2f to %.2f",
            100 * estimate.mean(), 100 * estimate.low(), 100 * estimate.high())
        : estimate.count() == 1 ? text("%.2f %%", 100 * estimate.mean()) : "no accuracy";
  }

  /** A bar that runs out of the axis has no end to show. */
  private String end(double value, double x, String stroke) {
    return value >= span.low() && value <= span.high()
        ? line("interval-bar", x, MIDDLE - 4, x, MIDDLE + 4, stroke)
        : "";
  }

  private double x(double value) {
    return 4 + (WIDTH - 8) * Math.max(0, Math.min(1, span.place(value)));
  }

  private static String line(
      String kind, double x1, double y1, double x2, double y2, String stroke) {
    return text(
        "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"%s/>",
        kind, x1, y1, x2, y2, stroke);
  }

  private static String circle(String kind, double x, double y, double r, String fill) {
    return text(
        "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"%s\"/>",
        kind, x, y, r, fill);
  }

  private static String text(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
