package io.coppice.repro;

import io.coppice.framework.results.Column;
import io.coppice.framework.run.RunResult;
import io.coppice.framework.statistics.Estimate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Accuracy over weights, printed and ours, for one network; what was run beside them has numbers,
 * which a key below the drawing explains.
 */
final class SizeChart {
  private static final int WIDTH = 1080;
  private static final int HEIGHT = 460;
  private static final int LEFT = 56;
  private static final int RIGHT = 170;
  private static final int TOP = 16;
  private static final int BOTTOM = 44;
  private static final int LEAST_TICK = 1000;
  private static final int KEY_COLUMNS = 3;
  private static final int KEY_GAP = 36;
  private static final int KEY_LINE = 17;

  /** Accuracies further below the printed ones are drawn on the lower edge. */
  private static final double DEEPEST = 1.2;

  private final List<Finding> findings;
  private final List<Point> beside = new ArrayList<>();
  private final ChartLabels labels = new ChartLabels();
  private double lightest = Double.POSITIVE_INFINITY;
  private double heaviest;
  private double low = Double.POSITIVE_INFINITY;
  private double high;

  private record Point(String study, String method, double weights, Estimate accuracy) {}

  /** The printed rows of a network, and everything that was run for it. */
  SizeChart(List<Finding> findings, List<Ledger> ledgers) {
    this.findings = findings;
    List<String> answers = findings.stream().map(found -> found.row().ours()).toList();
    for (Ledger ledger : ledgers) {
      ledger.methods().stream()
          .filter(method -> !answers.contains(method))
          .forEach(method -> addBeside(ledger.study(), method, ledger.of(method)));
    }
    findings.forEach(
        found -> {
          reach(found.row().weights(), found.row().accuracy(), found.row().accuracy());
          if (found.accuracy().count() > 0) {
            reach(found.weights().mean(), bottom(found.accuracy()), top(found.accuracy()));
          }
        });
    double lowestPrinted =
        findings.stream().mapToDouble(found -> found.row().accuracy()).min().orElse(0);
    beside.sort(Comparator.comparingDouble((Point point) -> -point.accuracy().mean()));
    low = Math.max(low, lowestPrinted - DEEPEST) - 0.05;
    high = Math.min(100, high + 0.05);
  }

  private void addBeside(String study, String method, List<RunResult> runs) {
    Estimate accuracy = Rule.estimate(runs, Column.ACCURACY, 100);
    if (accuracy.count() > 0) {
      double weights = Rule.estimate(runs, Column.NONZERO, 1).mean();
      beside.add(new Point(study, method, weights, accuracy));
      reach(weights, accuracy.mean(), accuracy.mean());
    }
  }

  private static double bottom(Estimate accuracy) {
    return accuracy.hasInterval() ? accuracy.low() : accuracy.mean();
  }

  private static double top(Estimate accuracy) {
    return accuracy.hasInterval() ? accuracy.high() : accuracy.mean();
  }

  private void reach(double weights, double from, double to) {
    lightest = Math.min(lightest, weights);
    heaviest = Math.max(heaviest, weights);
    low = Math.min(low, from);
    high = Math.max(high, to);
  }

  /** Whether none of ours has been run. */
  boolean isEmpty() {
    return beside.isEmpty() && findings.stream().allMatch(found -> found.accuracy().count() == 0);
  }

  String svg() {
    int keyColumns = keyColumns();
    int keyRows = (beside.size() + keyColumns - 1) / keyColumns;
    Svg svg = new Svg(WIDTH, HEIGHT + (keyRows == 0 ? 0 : KEY_LINE * (keyRows + 1)));
    axes(svg);
    for (Finding found : findings) {
      Published row = found.row();
      if (found.accuracy().count() > 0) {
        svg.line(
            "join",
            x(row.weights()),
            y(row.accuracy()),
            x(found.weights().mean()),
            y(found.accuracy().mean()));
      }
    }
    for (int i = 0; i < beside.size(); i++) {
      Point point = beside.get(i);
      String number = String.valueOf(i + 1);
      point(svg, "beside", number, point.weights(), point.accuracy(), 3);
      double keyX = LEFT + i / keyRows * (WIDTH - LEFT) / (double) keyColumns;
      double keyY = HEIGHT + KEY_LINE * (i % keyRows + 1);
      svg.words("label beside", keyX - 6, keyY, "end", number);
      svg.words("label", keyX, keyY, "start", words(point));
    }
    for (Finding found : findings) {
      if (found.accuracy().count() > 0) {
        double weights = found.weights().mean();
        point(svg, "ours", found.row().ours(), weights, found.accuracy(), 4.5);
      }
    }
    for (Finding found : findings) {
      Published row = found.row();
      svg.diamond("printed", x(row.weights()), y(row.accuracy()), 5);
      labels.add("printed", x(row.weights()), y(row.accuracy()), row.method() + ", printed");
    }
    labels.write(svg, LEFT, HEIGHT - BOTTOM);
    return svg.element("sizes", spoken());
  }

  /** What the key says of it, with its study where another one has a method of this name. */
  private String words(Point point) {
    String method = point.method();
    boolean alone = beside.stream().filter(other -> other.method().equals(method)).count() == 1;
    return Rule.text(
        "%s, %.2f %% at %s",
        alone ? method : method + " (" + point.study() + ")",
        point.accuracy().mean(),
        Rule.count(point.weights()));
  }

  /** As many as the longest words leave room for. */
  private int keyColumns() {
    int letters = beside.stream().mapToInt(point -> words(point).length()).max().orElse(0);
    int fitting = (int) ((WIDTH - LEFT) / (ChartLabels.LETTER * letters + KEY_GAP));
    return Math.max(1, Math.min(KEY_COLUMNS, fitting));
  }

  private String spoken() {
    return "Test accuracy over weights: "
        + findings.stream().map(Finding::sentence).reduce("", (a, b) -> a + " " + b);
  }

  private void point(
      Svg svg, String kind, String name, double weights, Estimate accuracy, double radius) {
    double place = x(weights);
    if (accuracy.hasInterval()) {
      svg.line("bar " + kind, place, y(accuracy.low()), place, y(accuracy.high()));
    }
    svg.dot("mean " + kind, place, y(accuracy.mean()), radius);
    boolean below = accuracy.mean() < low;
    String words = below ? Rule.text("%s ↓ %.2f %%", name, accuracy.mean()) : name;
    labels.add(kind, place, y(accuracy.mean()), words);
  }

  private void axes(Svg svg) {
    double step = high - low > 1.2 ? 0.5 : 0.2;
    for (double tick = Math.ceil(low / step) * step; tick <= high; tick += step) {
      svg.line("grid", LEFT, y(tick), WIDTH - RIGHT, y(tick));
      svg.words("tick", LEFT - 8, y(tick) + 4, "end", Rule.text("%.1f", tick));
    }
    for (double weights : Decades.PLACES) {
      if (weights >= Math.max(LEAST_TICK, lightest * 0.9) && weights <= heaviest * 1.1) {
        svg.line("grid", x(weights), TOP, x(weights), HEIGHT - BOTTOM);
        svg.words("tick", x(weights), HEIGHT - BOTTOM + 16, "middle", Rule.count(weights));
      }
    }
    double middle = (LEFT + WIDTH - RIGHT) / 2.0;
    svg.words("tick", middle, HEIGHT - 8, "middle", "weights left");
    svg.words("tick", LEFT - 8, TOP - 4, "end", "%");
  }

  private double x(double weights) {
    double from = Math.log(lightest * 0.85);
    double to = Math.log(heaviest * 1.05);
    return LEFT + (WIDTH - LEFT - RIGHT) * (Math.log(weights) - from) / (to - from);
  }

  private double y(double accuracy) {
    double share = Math.max(0, Math.min(1, (accuracy - low) / (high - low)));
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share;
  }
}
