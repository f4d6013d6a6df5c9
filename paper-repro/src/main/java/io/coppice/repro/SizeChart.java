package io.coppice.repro;

import io.coppice.framework.results.Column;
import io.coppice.framework.run.RunResult;
import io.coppice.framework.statistics.Estimate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Accuracy over weights, printed and ours, for one network. */
final class SizeChart {
  private static final int WIDTH = 1080;
  private static final int HEIGHT = 460;
  private static final int LEFT = 56;
  private static final int RIGHT = 230;
  private static final int TOP = 16;
  private static final int BOTTOM = 44;
  private static final int LINE = 13;

  /** Accuracies further below the printed ones are drawn on the lower edge. */
  private static final double DEEPEST = 1.2;

  private final List<Finding> findings;
  private final List<Point> beside = new ArrayList<>();
  private final List<Label> labels = new ArrayList<>();
  private double lightest = Double.POSITIVE_INFINITY;
  private double heaviest;
  private double low = Double.POSITIVE_INFINITY;
  private double high;

  private record Point(String method, double weights, Estimate accuracy) {}

  private record Label(String kind, double x, double y, String words) {}

  /** The printed rows of a network, and everything that was run for it. */
  SizeChart(List<Finding> findings, List<Ledger> ledgers) {
    this.findings = findings;
    List<String> answers = findings.stream().map(found -> found.row().ours()).toList();
    for (Ledger ledger : ledgers) {
      ledger.methods().stream()
          .filter(method -> !answers.contains(method))
          .forEach(method -> addBeside(method, ledger.of(method)));
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
    low = Math.max(low, lowestPrinted - DEEPEST) - 0.05;
    high = Math.min(100, high + 0.05);
  }

  private void addBeside(String method, List<RunResult> runs) {
    Estimate accuracy = Rule.estimate(runs, Column.ACCURACY, 100);
    if (accuracy.count() > 0) {
      double weights = Rule.estimate(runs, Column.NONZERO, 1).mean();
      beside.add(new Point(method, weights, accuracy));
      reach(weights, bottom(accuracy), top(accuracy));
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
    Svg svg = new Svg(WIDTH, HEIGHT);
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
    beside.forEach(
        point -> point(svg, "beside", point.method(), point.weights(), point.accuracy(), 3));
    for (Finding found : findings) {
      if (found.accuracy().count() > 0) {
        double weights = found.weights().mean();
        point(svg, "ours", found.row().ours(), weights, found.accuracy(), 4.5);
      }
    }
    findings.stream()
        .map(Finding::row)
        .forEach(row -> svg.diamond("printed", x(row.weights()), y(row.accuracy()), 5));
    findings.stream()
        .map(Finding::row)
        .map(
            row ->
                new Label(
                    "printed", x(row.weights()), y(row.accuracy()), row.method() + ", printed"))
        .distinct()
        .forEach(labels::add);
    write(svg);
    return svg.element("sizes", spoken());
  }

  private String spoken() {
    return "Test accuracy over weights: "
        + findings.stream().map(Finding::sentence).reduce("", (a, b) -> a + " " + b);
  }

  private void point(
      Svg svg, String kind, String method, double weights, Estimate accuracy, double radius) {
    double place = x(weights);
    if (accuracy.hasInterval()) {
      svg.line("bar " + kind, place, y(accuracy.low()), place, y(accuracy.high()));
    }
    svg.dot("mean " + kind, place, y(accuracy.mean()), radius);
    labels.add(new Label(kind, place, y(accuracy.mean()), method));
  }

  /** Labels stand right of their points, moved apart where they would cover each other. */
  private void write(Svg svg) {
    List<Label> placed = new ArrayList<>();
    labels.sort(Comparator.comparingDouble(Label::y));
    for (Label label : labels) {
      double y = label.y();
      boolean moved = true;
      while (moved) {
        moved = false;
        for (Label other : placed) {
          if (overlap(label, y, other)) {
            y = other.y() + LINE;
            moved = true;
          }
        }
      }
      placed.add(new Label(label.kind(), label.x(), y, label.words()));
      if (y != label.y()) {
        svg.line("lead", label.x() + 4, label.y(), label.x() + 10, y);
      }
      svg.words("label " + label.kind(), label.x() + 12, y + 4, "start", label.words());
    }
  }

  private static boolean overlap(Label label, double y, Label other) {
    double length = 6.2 * label.words().length();
    double others = 6.2 * other.words().length();
    boolean beside = label.x() + length < other.x() || other.x() + others < label.x();
    return !beside && Math.abs(y - other.y()) < LINE - 0.01;
  }

  private void axes(Svg svg) {
    double step = high - low > 1.2 ? 0.5 : 0.2;
    for (double tick = Math.ceil(low / step) * step; tick <= high; tick += step) {
      svg.line("grid", LEFT, y(tick), WIDTH - RIGHT, y(tick));
      svg.words("tick", LEFT - 8, y(tick) + 4, "end", Rule.text("%.1f", tick));
    }
    for (double decade = 1000; decade < 1e9; decade *= 10) {
      for (double factor : new double[] {1, 2, 5}) {
        double weights = factor * decade;
        if (weights >= lightest * 0.9 && weights <= heaviest * 1.1) {
          svg.line("grid", x(weights), TOP, x(weights), HEIGHT - BOTTOM);
          String words = Rule.count(weights);
          svg.words("tick", x(weights), HEIGHT - BOTTOM + 16, "middle", words);
        }
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
