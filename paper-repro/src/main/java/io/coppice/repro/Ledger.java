package io.coppice.repro;

import io.coppice.framework.results.Csv;
import io.coppice.framework.results.Results;
import io.coppice.framework.run.RunResult;
import io.coppice.framework.training.EpochRow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tech.tablesaw.api.Table;

/**
 * The committed runs of one study: {@code runs.csv} with every metric, {@code curves.csv} with the
 * course of each run, and {@code summary.csv}, which follows from them.
 *
 * @param study the study's name
 */
record Ledger(String study, List<RunResult> runs) {
  private static final String RUNS = "runs.csv";
  private static final String CURVES = "curves.csv";
  private static final String SUMMARY = "summary.csv";
  private static final String EXECUTION = "execution";
  private static final List<String> NOT_METRICS =
      List.of("method", "seed", "run", "collapse", EXECUTION);
  private static final List<String> CURVE =
      List.of("method", "seed", "epoch", "validation_accuracy", "nonzero", "settled");

  Ledger {
    runs = List.copyOf(runs);
  }

  /** Reads a folder that {@link #write} wrote. */
  static Ledger read(String study, Path folder) {
    Map<String, List<EpochRow>> curves = curves(folder.resolve(CURVES));
    List<RunResult> runs = new ArrayList<>();
    for (CsvFile.Line line : CsvFile.read(folder.resolve(RUNS))) {
      String method = line.text("method");
      long seed = (long) line.number("seed");
      runs.add(
          new RunResult(
              method,
              seed,
              line.text("run"),
              Optional.of(line.text("collapse")).filter(reason -> !reason.isEmpty()),
              metrics(line),
              words(line),
              curves.getOrDefault(key(method, seed), List.of())));
    }
    return new Ledger(study, runs);
  }

  /** How the network was executed; runs of before that was measured do not say. */
  private static Map<String, String> words(CsvFile.Line line) {
    String execution = line.cells().getOrDefault(EXECUTION, "");
    return execution.isEmpty() ? Map.of() : Map.of(EXECUTION, execution);
  }

  private static Map<String, Double> metrics(CsvFile.Line line) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    for (String column : line.cells().keySet()) {
      if (!NOT_METRICS.contains(column) && line.text("collapse").isEmpty()) {
        metrics.put(column, line.number(column));
      }
    }
    return metrics;
  }

  private static Map<String, List<EpochRow>> curves(Path file) {
    Map<String, List<EpochRow>> curves = new LinkedHashMap<>();
    if (!Files.exists(file)) {
      return curves;
    }
    for (CsvFile.Line line : CsvFile.read(file)) {
      String key = key(line.text("method"), (long) line.number("seed"));
      curves
          .computeIfAbsent(key, any -> new ArrayList<>())
          .add(
              new EpochRow(
                  (int) line.number("epoch"),
                  Double.NaN,
                  Double.NaN,
                  line.number("validation_accuracy"),
                  (long) line.number("nonzero"),
                  Boolean.parseBoolean(line.text("settled")),
                  Double.NaN,
                  Double.NaN));
    }
    return curves;
  }

  private static String key(String method, long seed) {
    return method + "\n" + seed;
  }

  /** The text of every file, by name. */
  Map<String, String> files() {
    Results results = results();
    Table epochs = results.epochs();
    Map<String, String> files = new LinkedHashMap<>();
    files.put(RUNS, Csv.of(results.runs()));
    files.put(CURVES, Csv.of(epochs.selectColumns(CURVE.toArray(String[]::new))));
    files.put(SUMMARY, Csv.of(results.summary()));
    return files;
  }

  void write(Path folder) {
    files().forEach((name, text) -> Saved.write(folder.resolve(name), text));
  }

  Results results() {
    return Results.of(study, runs, run -> null);
  }

  /** The runs of one method, in the order of their seeds. */
  List<RunResult> of(String method) {
    return runs.stream().filter(run -> run.method().equals(method)).toList();
  }

  /** The methods in their order. */
  List<String> methods() {
    return runs.stream().map(RunResult::method).distinct().toList();
  }
}
