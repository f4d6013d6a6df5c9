package io.coppice.repro;

import io.coppice.framework.results.Column;
import io.coppice.framework.results.Unit;
import io.coppice.framework.run.RunResult;
import io.coppice.framework.statistics.Estimate;
import java.util.List;
import java.util.Locale;

/**
 * When a printed row counts as reproduced. The burden of proof is on the reproduction: a wide
 * interval never counts in its favour.
 *
 * <p>The 95 % t-interval of our mean over seeds, minus the printed accuracy, is compared with a
 * margin: 1.96·√(p(1 − p)/n) for an accuracy p read once on n test images, which is what the
 * printed number itself is known to.
 */
final class Rule {
  /** Fewer seeds decide nothing. */
  static final int LEAST_SEEDS = 3;

  /** How much above the printed number of weights still is that number: it is printed rounded. */
  static final double ROUNDING = 1.01;

  /** At this share of the printed weights, the same accuracy is better. */
  static final double SMALLER = 0.5;

  private Rule() {}

  /** The rule in the words of the pages that apply it. */
  static String words() {
    return "The difference is the mean over our seeds minus the printed accuracy, in points, with"
        + " the 95 % t-interval of that mean. The margin is 1.96·√(p(1 − p)/n): what a printed"
        + " accuracy p, read once on n test images, is itself known to. A row is *reproduced* when"
        + " at least three seeds were run, none collapsed, ours keeps no more weights than printed"
        + " (within 1 %, for rounding), and the lower end of the interval is at most the margin"
        + " below 0; *reproduced with changes* when that took the changes named. It is *better*"
        + " when the lower end is above 0 at no more weights, or when it is reproduced at half of"
        + " the weights or fewer. Everything else that was run with three seeds is *not"
        + " reproduced*: the burden of proof is on the reproduction, and a wide interval never"
        + " counts in its favour. *Open* rows have fewer than three seeds.";
  }

  /** What our runs of the row's method come to. */
  static Finding of(Published row, List<RunResult> runs) {
    Estimate accuracy = estimate(runs, Column.ACCURACY, 100);
    Estimate weights = estimate(runs, Column.NONZERO, 1);
    double p = row.accuracy() / 100;
    double margin = 100 * 1.96 * Math.sqrt(p * (1 - p) / row.testImages());
    Finding.Kind kind = kind(row, runs, accuracy, weights, margin);
    String sentence = sentence(row, runs, accuracy, weights, margin, kind);
    Estimate seconds = estimate(runs, Column.SECONDS, 1);
    return new Finding(row, accuracy, weights, seconds, runs.size(), margin, kind, sentence);
  }

  static Estimate estimate(List<RunResult> runs, Column column, double scale) {
    return Estimate.of(
        runs.stream()
            .filter(run -> run.collapse().isEmpty())
            .mapToDouble(run -> scale * run.metrics().getOrDefault(column.metric(), Double.NaN))
            .filter(Double::isFinite)
            .toArray());
  }

  private static long collapsed(List<RunResult> runs) {
    return runs.stream().filter(run -> run.collapse().isPresent()).count();
  }

  private static Finding.Kind kind(
      Published row, List<RunResult> runs, Estimate accuracy, Estimate weights, double margin) {
    if (runs.size() < LEAST_SEEDS) {
      return Finding.Kind.OPEN;
    }
    double low = accuracy.low() - row.accuracy();
    boolean fits = weights.mean() <= ROUNDING * row.weights();
    if (collapsed(runs) > 0 || !fits || !(low >= -margin)) {
      return Finding.Kind.NOT_REPRODUCED;
    }
    if (low > 0 || weights.mean() <= SMALLER * row.weights()) {
      return Finding.Kind.BETTER;
    }
    return row.changes().isEmpty() ? Finding.Kind.REPRODUCED : Finding.Kind.WITH_CHANGES;
  }

  private static String sentence(
      Published row,
      List<RunResult> runs,
      Estimate accuracy,
      Estimate weights,
      double margin,
      Finding.Kind kind) {
    if (runs.isEmpty()) {
      return "Open: not run yet.";
    }
    long collapsed = collapsed(runs);
    if (collapsed > 0) {
      String first =
          runs.stream().flatMap(run -> run.collapse().stream()).findFirst().orElseThrow();
      return text(
          "%s: %d of %d runs ended early (%s).", opening(kind), collapsed, runs.size(), first);
    }
    if (kind == Finding.Kind.OPEN) {
      return text(
          "Open: %.2f %% at %s weights from %s; the rule asks for %d seeds.",
          accuracy.mean(),
          count(weights.mean()),
          runs.size() == 1 ? "one seed" : "two seeds",
          LEAST_SEEDS);
    }
    return opening(kind)
        + text(
            ": %s, at %s weights (%s printed)%s%s.",
            compared(accuracy, row.accuracy()),
            count(weights.mean()),
            count(row.weights()),
            kind == Finding.Kind.NOT_REPRODUCED ? reason(row, accuracy, weights, margin) : "",
            row.changes().isEmpty() ? "" : "; changed: " + row.changes());
  }

  private static String opening(Finding.Kind kind) {
    String words = kind.words();
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  private static String compared(Estimate accuracy, double printed) {
    return text(
        "%s the printed accuracy (95 %% interval %s to %s)",
        place(accuracy.mean() - printed),
        signed(accuracy.low() - printed),
        signed(accuracy.high() - printed));
  }

  private static String place(double difference) {
    String points = text("%.2f", Math.abs(difference));
    if (points.equals("0.00")) {
      return "at";
    }
    return text("%s points %s", points, difference < 0 ? "below" : "above");
  }

  private static String reason(Published row, Estimate accuracy, Estimate weights, double margin) {
    if (weights.mean() > ROUNDING * row.weights()) {
      return ", which is larger than printed";
    }
    return accuracy.high() < row.accuracy()
        ? text(", and the whole interval is below the printed accuracy", margin)
        : text(", and the interval reaches further down than the margin of %.2f", margin);
  }

  /** A difference with its sign, such as +0.02 or −0.39; 0.00 has none. */
  static String signed(double points) {
    return text("%+.2f", points).replaceFirst("[+-](?=0\\.00$)", "").replace('-', '−');
  }

  /** A number of weights as papers print it: 42.5K, 266K. */
  static String count(double weights) {
    return Unit.COUNT.show(weights).replace(".0K", "K");
  }

  static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
