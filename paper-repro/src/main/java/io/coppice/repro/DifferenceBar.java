package io.coppice.repro;

import io.coppice.framework.statistics.Estimate;
import java.util.List;
import java.util.Locale;

/** Our accuracy minus the printed one, drawn small: the dot, its interval, and the margin. */
final class DifferenceBar {
  private static final int WIDTH = 190;
  private static final int HEIGHT = 28;

  /** Points beyond which a bar runs out of the drawing. */
  private static final double FARTHEST = 1.5;

  private final double low;
  private final double high;

  DifferenceBar(List<Finding> findings) {
    double lowest = -0.5;
    double highest = 0.5;
    for (Finding finding : findings) {
      Estimate accuracy = finding.accuracy();
      if (accuracy.hasInterval()) {
        lowest = Math.min(lowest, accuracy.low() - finding.row().accuracy());
        highest = Math.max(highest, accuracy.high() - finding.row().accuracy());
      }
    }
    low = Math.max(-FARTHEST, lowest) - 0.05;
    high = Math.min(FARTHEST, highest) + 0.05;
  }

  String axis() {
    return Rule.text(
        "<span class=\"axis\" style=\"width:%dpx\"><span>%+.1f</span><span>%+.1f points</span></span>",
        WIDTH, low, high);
  }

  String svg(Finding finding) {
    int middle = HEIGHT / 2;
    Svg svg = new Svg(WIDTH, HEIGHT);
    double left = x(-finding.margin());
    svg.box("margin", left, 0, x(finding.margin()) - left, HEIGHT);
    svg.line("base", x(0), 0, x(0), HEIGHT);
    Estimate accuracy = finding.accuracy();
    String kind = finding.kind().name().toLowerCase(Locale.ROOT);
    if (accuracy.hasInterval()) {
      double from = x(accuracy.low() - finding.row().accuracy());
      double to = x(accuracy.high() - finding.row().accuracy());
      svg.line("bar " + kind, from, middle, to, middle);
    }
    if (accuracy.count() > 0) {
      svg.dot("mean " + kind, x(finding.difference()), middle, 4);
    }
    return svg.element("difference", VerdictPage.difference(finding) + " points");
  }

  private double x(double points) {
    double share = (points - low) / (high - low);
    return 4 + (WIDTH - 8) * Math.max(0, Math.min(1, share));
  }
}
