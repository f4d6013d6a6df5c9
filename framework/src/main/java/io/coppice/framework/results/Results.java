package io.coppice.framework.results;

import io.coppice.framework.display.Displayable;
import io.coppice.framework.display.Wrapped;
import io.coppice.framework.network.Network;
import io.coppice.framework.recipe.Nearest;
import io.coppice.framework.recipe.RecipeException;
import io.coppice.framework.run.RunResult;
import io.coppice.framework.run.Study;
import io.coppice.framework.statistics.Comparison;
import io.coppice.framework.statistics.Outcome;
import io.coppice.framework.statistics.Verdict;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import tech.tablesaw.api.Table;

/**
 * What a study found: immutable, computed from its runs alone. Accuracies are fractions in tables
 * and files, per cent where people read.
 */
public final class Results implements Displayable {
  private final String study;
  private final String baseline;
  private final List<RunResult> runs;
  private final Function<RunResult, Network> open;
  private final Map<String, Outcome> outcomes;
  private final List<MethodRow> rows;

  private Results(
      String study, String baseline, List<RunResult> runs, Function<RunResult, Network> open) {
    this.study = study;
    this.baseline = baseline;
    this.runs = List.copyOf(runs);
    this.open = open;
    Map<String, List<RunResult>> methods = MethodRow.byMethod(this.runs);
    methods.forEach(Results::requireOneRunPerSeed);
    this.outcomes = new LinkedHashMap<>();
    methods.forEach((name, own) -> outcomes.put(name, MethodRow.outcome(own)));
    Map<String, Verdict> verdicts = Comparison.against(baseline, outcomes);
    this.rows =
        methods.entrySet().stream()
            .map(m -> new MethodRow(m.getKey(), sorted(m.getValue()), verdicts.get(m.getKey())))
            .toList();
  }

  /**
   * The results of these runs, in the order their methods appear, against the baseline {@code
   * dense}.
   *
   * @param open reads the network a run left behind
   * @throws RecipeException when two runs share a method's name and a seed
   */
  public static Results of(String study, List<RunResult> runs, Function<RunResult, Network> open) {
    return new Results(study, Study.BASELINE, runs, open);
  }

  /** The same runs compared against another method. */
  public Results baseline(String method) {
    return new Results(study, row(method).method(), runs, open);
  }

  private static void requireOneRunPerSeed(String method, List<RunResult> runs) {
    Set<Long> seeds = new HashSet<>();
    for (RunResult run : runs) {
      if (!seeds.add(run.seed())) {
        throw new RecipeException(
            "two runs are named '"
                + method
                + "' and have seed "
                + run.seed()
                + "; give each method of the study a name of its own");
      }
    }
  }

  private static List<RunResult> sorted(List<RunResult> runs) {
    return runs.stream().sorted(Comparator.comparingLong(RunResult::seed)).toList();
  }

  public String study() {
    return study;
  }

  /** The method all others are compared with. */
  public String baseline() {
    return baseline;
  }

  /** One row per method over its seeds: the columns of {@code summary.csv}. */
  public Table summary() {
    return Tables.summary(study, rows);
  }

  /** One row per method and seed with every metric of the run. */
  public Table runs() {
    return Tables.runs(study, inOrder());
  }

  /** One row per method, seed and epoch. */
  public Table epochs() {
    return Tables.epochs(study, inOrder());
  }

  /** One row for every two methods: their difference in accuracy, corrected over all pairs. */
  public Table pairs() {
    return Tables.pairs(study, Comparison.pairs(outcomes));
  }

  private List<RunResult> inOrder() {
    return rows.stream().flatMap(row -> row.runs().stream()).toList();
  }

  /**
   * The method's run of highest validation accuracy, the first of equals.
   *
   * @param method its name in the table, or the beginning of no other's
   * @throws RecipeException when there is no such method, or none of its runs finished
   */
  public BestRun best(String method) {
    MethodRow row = row(method);
    return row.finished().stream()
        .min(Comparator.comparingDouble(run -> -BestRun.validationAccuracy(run)))
        .map(run -> new BestRun(run, open))
        .orElseThrow(
            () -> new RecipeException("no run of '" + method + "': " + row.verdict().text()));
  }

  private MethodRow row(String method) {
    if (rows.isEmpty()) {
      throw new RecipeException("there is no method '" + method + "': the study has no runs");
    }
    String name = Nearest.begun("method", method, outcomes.keySet());
    return rows.stream().filter(row -> row.method().equals(name)).findFirst().orElseThrow();
  }

  /**
   * Each method's mean of {@code y} over its mean of {@code x}, with the 95 % interval of {@code
   * y}. Methods whose names differ in numbers alone are one curve with a band.
   */
  public Chart chart(Column x, Column y) {
    return Chart.tradeOff(rows, baseline, x, y);
  }

  /** Validation accuracy by epoch: the mean over seeds, with its 95 % interval as a band. */
  public Chart learningCurves() {
    return Chart.learningCurves(rows, baseline);
  }

  /** The summary as an aligned table of at most {@code width} characters a line. */
  @Override
  public String toText(int width) {
    return new SummaryText(study, baseline, rows).fit(width);
  }

  @Override
  public String toString() {
    return toText(Wrapped.USUAL_WIDTH);
  }

  private Report report() {
    return new Report(study, baseline, rows, Comparison.pairs(outcomes));
  }

  /** A fragment of a page with its own style, charts within; needs no script and no network. */
  @Override
  public String toHtml() {
    return report().fragment();
  }

  /**
   * Writes {@code summary.csv}, {@code runs.csv}, {@code epochs.csv}, the charts and {@code
   * report.html} into a folder, each whole or not at all.
   *
   * @return the report
   * @throws UncheckedIOException when a file cannot be written
   */
  public Path save(Path folder) {
    SavedFiles files = new SavedFiles(folder);
    files.write("summary.csv", Csv.of(summary()));
    files.write("runs.csv", Csv.of(runs()));
    files.write("epochs.csv", Csv.of(epochs()));
    files.write("compression-accuracy.png", chart(Column.CR, Column.ACCURACY).png());
    files.write("learning-curves.png", learningCurves().png());
    return files.write("report.html", report().page());
  }
}
