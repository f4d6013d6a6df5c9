package io.coppice.framework.results;

import io.coppice.framework.run.RunResult;
import io.coppice.framework.statistics.Estimate;
import io.coppice.framework.statistics.Outcome;
import io.coppice.framework.statistics.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One method of a study over its seeds. Means are over the seeds that finished.
 *
 * @param runs all of them, collapsed ones too, in the order of their seeds
 */
record MethodRow(String method, List<RunResult> runs, Verdict verdict) {

  /** An interval as text. */
  record Ends(String low, String high) {}

  List<RunResult> finished() {
    return runs.stream().filter(run -> run.collapse().isEmpty()).toList();
  }

  int collapsed() {
    return runs.size() - finished().size();
  }

  boolean allCollapsed() {
    return finished().isEmpty();
  }

  /** The name, and what has collapsed. */
  String label() {
    if (allCollapsed()) {
      return method + " (collapsed)";
    }
    return collapsed() == 0
        ? method
        : method + " (" + collapsed() + " of " + runs.size() + " collapsed)";
  }

  /** The mean and its interval of a metric, over the finished seeds that have it. */
  Estimate estimate(String metric) {
    return Estimate.of(
        finished().stream()
            .map(run -> run.metrics().get(metric))
            .filter(value -> value != null && Double.isFinite(value))
            .mapToDouble(Double::doubleValue)
            .toArray());
  }

  Estimate estimate(Column column) {
    return estimate(column.metric());
  }

  double mean(Column column) {
    return estimate(column).mean();
  }

  /** A column's mean of the method of this name, NaN where there is none. */
  static double mean(List<MethodRow> rows, String method, Column column) {
    return rows.stream()
        .filter(row -> row.method().equals(method))
        .mapToDouble(row -> row.mean(column))
        .findFirst()
        .orElse(Double.NaN);
  }

  /** The accuracy's interval in per cent, its ends within what an accuracy can be; or empty. */
  Optional<Ends> interval() {
    Estimate accuracy = estimate(Column.ACCURACY);
    return accuracy.hasInterval()
        ? Optional.of(
            new Ends(
                Unit.FRACTION.show(Math.max(0, accuracy.low())),
                Unit.FRACTION.show(Math.min(1, accuracy.high()))))
        : Optional.empty();
  }

  /** The seeds of a study in order, as "seed 4" or "seeds 1, 2, 3". */
  static String seeds(List<MethodRow> rows) {
    List<String> seeds =
        rows.stream()
            .flatMap(row -> row.runs().stream())
            .map(RunResult::seed)
            .distinct()
            .sorted()
            .map(String::valueOf)
            .toList();
    return (seeds.size() == 1 ? "seed " : "seeds ") + String.join(", ", seeds);
  }

  static Map<String, List<RunResult>> byMethod(List<RunResult> runs) {
    Map<String, List<RunResult>> methods = new LinkedHashMap<>();
    for (RunResult run : runs) {
      methods.computeIfAbsent(run.method(), name -> new ArrayList<>()).add(run);
    }
    return methods;
  }

  static Outcome outcome(List<RunResult> runs) {
    Map<Long, Double> values = new LinkedHashMap<>();
    Map<Long, String> collapses = new LinkedHashMap<>();
    for (RunResult run : runs) {
      Double accuracy = run.metrics().get(Column.ACCURACY.metric());
      if (run.collapse().isPresent()) {
        collapses.put(run.seed(), run.collapse().get());
      } else if (accuracy != null && Double.isFinite(accuracy)) {
        values.put(run.seed(), accuracy);
      }
    }
    return new Outcome(values, collapses);
  }
}
