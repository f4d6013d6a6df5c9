package io.coppice.repro;

import io.coppice.framework.display.Html;
import io.coppice.framework.run.RunResult;
import io.coppice.framework.training.EpochRow;
import java.util.List;
import java.util.stream.Collectors;

/** How many weights are left after each epoch, a line per seed, for the methods that close some. */
final class CourseChart {
  private static final int WIDTH = 1080;
  private static final int HEIGHT = 300;
  private static final int LEFT = 56;
  private static final int RIGHT = 230;
  private static final int TOP = 14;
  private static final int BOTTOM = 40;
  private static final int COLOURS = 6;

  private final List<String> methods;
  private final Ledger ledger;
  private final double most;
  private final double least;
  private final int epochs;

  private CourseChart(Ledger ledger, List<String> methods) {
    this.ledger = ledger;
    this.methods = methods;
    List<EpochRow> rows =
        ledger.runs().stream()
            .filter(run -> methods.contains(run.method()))
            .flatMap(run -> run.epochs().stream())
            .filter(row -> row.nonzero() > 0)
            .toList();
    most = rows.stream().mapToLong(EpochRow::nonzero).max().orElse(10);
    least = rows.stream().mapToLong(EpochRow::nonzero).min().orElse(1);
    epochs = rows.stream().mapToInt(EpochRow::epoch).max().orElse(1);
  }

  /** A heading with the chart, or nothing where no method of the study changes its size. */
  static String of(Ledger ledger) {
    List<String> moving =
        ledger.methods().stream()
            .filter(method -> ledger.of(method).stream().anyMatch(CourseChart::changes))
            .toList();
    if (moving.isEmpty()) {
      return "";
    }
    return "<h4>Weights left after each epoch: "
        + Html.escape(ledger.study())
        + "</h4>\n<figure class=\"chart\">"
        + new CourseChart(ledger, moving).svg()
        + "</figure>\n";
  }

  private static boolean changes(RunResult run) {
    return run.epochs().stream().mapToLong(EpochRow::nonzero).distinct().count() > 2;
  }

  private String svg() {
    Svg svg = new Svg(WIDTH, HEIGHT);
    for (double decade = 1; decade < 1e9; decade *= 10) {
      for (double factor : new double[] {1, 2, 5}) {
        double weights = factor * decade;
        if (weights >= least && weights <= most * 1.05) {
          svg.line("grid", LEFT, y(weights), WIDTH - RIGHT, y(weights));
          String words = Rule.count(weights);
          svg.words("tick", LEFT - 8, y(weights) + 4, "end", words);
        }
      }
    }
    int step = Math.max(1, epochs / 10);
    for (int epoch = step; epoch <= epochs; epoch += step) {
      svg.words("tick", x(epoch), HEIGHT - BOTTOM + 16, "middle", "" + epoch);
    }
    svg.words("tick", (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 6, "middle", "epoch");
    for (int i = 0; i < methods.size(); i++) {
      String colour = "series s" + i % COLOURS + (i < COLOURS ? "" : " dashed");
      for (RunResult run : ledger.of(methods.get(i))) {
        String places =
            run.epochs().stream()
                .filter(row -> row.nonzero() > 0)
                .map(row -> Rule.text("%.1f,%.1f", x(row.epoch()), y(row.nonzero())))
                .collect(Collectors.joining(" "));
        svg.path(colour, places);
      }
      double y = TOP + 6 + 16 * i;
      svg.path(colour, Rule.text("%d,%.1f %d,%.1f", WIDTH - RIGHT + 14, y, WIDTH - RIGHT + 34, y));
      svg.words("label", WIDTH - RIGHT + 40, y + 4, "start", methods.get(i));
    }
    return svg.element("course", "Weights left by epoch of " + String.join(", ", methods));
  }

  private double x(int epoch) {
    return LEFT + (WIDTH - LEFT - RIGHT) * (double) epoch / epochs;
  }

  private double y(double weights) {
    double from = Math.log(least * 0.9);
    double to = Math.log(most * 1.1);
    double share = (Math.log(weights) - from) / (to - from);
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share;
  }
}
