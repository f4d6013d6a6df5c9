package io.coppice.repro;

import io.coppice.framework.display.Html;
import io.coppice.framework.display.Wrapped;
import io.coppice.framework.run.RunResult;
import io.coppice.framework.training.EpochRow;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How many weights are left after each epoch, a line per seed, for the methods that close some. */
final class CourseChart {
  private static final int WIDTH = 1080;
  private static final int LEAST_HEIGHT = 300;
  private static final int LEFT = 56;
  private static final int RIGHT = 230;
  private static final int TOP = 14;
  private static final int BOTTOM = 40;
  private static final int COLOURS = 6;
  private static final double VISIBLE = 1.05;
  private static final int LABEL_LENGTH = 28;
  private static final int LABEL_LINE = 16;

  private final List<String> methods;
  private final Ledger ledger;
  private final List<List<String>> labels;
  private final double most;
  private final double least;
  private final int epochs;
  private final int height;

  /**
   * @param all whose sizes the axis must hold
   * @param methods that are drawn
   */
  private CourseChart(Ledger ledger, List<String> all, List<String> methods) {
    this.ledger = ledger;
    this.methods = methods;
    List<EpochRow> rows =
        ledger.runs().stream()
            .filter(run -> all.contains(run.method()))
            .flatMap(run -> run.epochs().stream())
            .filter(row -> row.nonzero() > 0)
            .toList();
    double greatest = rows.stream().mapToLong(EpochRow::nonzero).max().orElse(10);
    double smallest = rows.stream().mapToLong(EpochRow::nonzero).min().orElse(1);
    most = Decades.PLACES.stream().filter(place -> place >= greatest).findFirst().orElse(greatest);
    least =
        Decades.PLACES.stream().filter(place -> place <= smallest).reduce((a, b) -> b).orElse(1.0);
    epochs = rows.stream().mapToInt(EpochRow::epoch).max().orElse(1);
    labels = methods.stream().map(method -> Wrapped.lines(method, LABEL_LENGTH)).toList();
    int lines = labels.stream().mapToInt(List::size).sum();
    height = Math.max(LEAST_HEIGHT, TOP + LABEL_LINE * lines + BOTTOM);
  }

  /**
   * A heading with the chart, or several of a few methods each where there are many; nothing where
   * the schedule alone says every method's size.
   */
  static String of(Ledger ledger) {
    List<String> moving =
        ledger.methods().stream()
            .filter(method -> ledger.of(method).stream().anyMatch(CourseChart::changes))
            .toList();
    if (moving.stream().noneMatch(method -> findsItsSize(ledger.of(method)))) {
      return "";
    }
    StringBuilder html = new StringBuilder("<h4>Weights left after each epoch: ");
    html.append(Html.escape(ledger.study())).append("</h4>\n");
    int charts = moving.size() <= 2 * COLOURS ? 1 : (moving.size() + COLOURS - 1) / COLOURS;
    for (int i = 0; i < charts; i++) {
      List<String> some =
          moving.subList(i * moving.size() / charts, (i + 1) * moving.size() / charts);
      html.append("<figure class=\"chart\">");
      html.append(new CourseChart(ledger, moving, some).svg()).append("</figure>\n");
    }
    return html.toString();
  }

  /** Whether its runs differ in their sizes, or there is but one. */
  private static boolean findsItsSize(List<RunResult> runs) {
    List<List<Long>> courses =
        runs.stream()
            .filter(run -> !run.epochs().isEmpty())
            .map(run -> run.epochs().stream().map(EpochRow::nonzero).toList())
            .toList();
    return courses.size() == 1 || courses.stream().distinct().count() > 1;
  }

  private static boolean changes(RunResult run) {
    LongSummaryStatistics sizes =
        run.epochs().stream().mapToLong(EpochRow::nonzero).summaryStatistics();
    return sizes.getCount() > 0 && sizes.getMax() > VISIBLE * sizes.getMin();
  }

  private String svg() {
    Svg svg = new Svg(WIDTH, height);
    for (double weights : Decades.PLACES) {
      if (weights >= least && weights <= most) {
        svg.line("grid", LEFT, y(weights), WIDTH - RIGHT, y(weights));
        svg.words("tick", LEFT - 8, y(weights) + 4, "end", Rule.count(weights));
      }
    }
    int step = Math.max(1, epochs / 10);
    for (int epoch = step; epoch <= epochs; epoch += step) {
      svg.words("tick", x(epoch), height - BOTTOM + 16, "middle", "" + epoch);
    }
    svg.words("tick", (LEFT + WIDTH - RIGHT) / 2.0, height - 6, "middle", "epoch");
    double y = TOP + 6;
    for (int i = 0; i < methods.size(); i++) {
      String colour = "series s" + i % COLOURS + (i < COLOURS ? "" : " dashed");
      for (RunResult run : ledger.of(methods.get(i))) {
        svg.path(colour, places(run));
      }
      svg.path(colour, Rule.text("%d,%.1f %d,%.1f", WIDTH - RIGHT + 14, y, WIDTH - RIGHT + 34, y));
      for (String line : labels.get(i)) {
        svg.words("label", WIDTH - RIGHT + 40, y + 4, "start", line);
        y += LABEL_LINE;
      }
    }
    return svg.element("course", "Weights left by epoch of " + String.join(", ", methods));
  }

  /** A level stretch is told by its ends. */
  private String places(RunResult run) {
    List<EpochRow> rows = run.epochs().stream().filter(row -> row.nonzero() > 0).toList();
    return IntStream.range(0, rows.size())
        .filter(
            i ->
                i == 0
                    || i == rows.size() - 1
                    || rows.get(i).nonzero() != rows.get(i - 1).nonzero()
                    || rows.get(i).nonzero() != rows.get(i + 1).nonzero())
        .mapToObj(rows::get)
        .map(row -> Rule.text("%.1f,%.1f", x(row.epoch()), y(row.nonzero())))
        .collect(Collectors.joining(" "));
  }

  private double x(int epoch) {
    return LEFT + (WIDTH - LEFT - RIGHT) * (double) epoch / epochs;
  }

  private double y(double weights) {
    double from = Math.log(least);
    double to = Math.log(most);
    double share = (Math.log(weights) - from) / (to - from);
    return height - BOTTOM - (height - TOP - BOTTOM) * share;
  }
}
