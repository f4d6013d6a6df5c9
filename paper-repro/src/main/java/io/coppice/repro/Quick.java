package io.coppice.repro;

import io.coppice.framework.recipe.Time;
import io.coppice.framework.results.Csv;
import io.coppice.framework.results.Unit;
import io.coppice.framework.run.Progress;
import io.coppice.framework.run.RunResult;
import io.coppice.framework.run.RunStore;
import io.coppice.framework.run.Study;
import io.coppice.framework.training.Plan;
import io.coppice.framework.training.TrainingRecipe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Every method for a few epochs on a few examples with one seed: seconds that show that a script
 * still says what it said and that its methods still do what they did. The outcomes are committed
 * as {@code results/quick.csv} and are no results.
 */
public final class Quick {
  /** Long enough for every schedule to come to its end. */
  private static final int EPOCHS = 6;

  private static final int EXAMPLES = 3_000;
  private static final String FILE = "quick.csv";

  /**
   * What a quick run came to.
   *
   * @param run the hash of its plan
   * @param accuracy on the test part, a fraction; NaN after a collapse
   * @param weights that are left; NaN after a collapse
   */
  public record Outcome(String study, String method, String run, double accuracy, double weights) {
    String key() {
      return study + "\n" + method;
    }

    /** For a reader: study, method, accuracy and weights. */
    public String line() {
      String end =
          Double.isNaN(accuracy)
              ? "ended early"
              : Rule.text("%.2f %% at %s weights", 100 * accuracy, Unit.COUNT.show(weights));
      return study + ": " + method + ": " + end;
    }
  }

  private Quick() {}

  /** The studies made short. */
  public static List<Study> studies(List<Study> studies) {
    return studies.stream().map(Quick::made).toList();
  }

  private static Study made(Study study) {
    TrainingRecipe full = study.training();
    TrainingRecipe training =
        new TrainingRecipe(
            full.optimizer(),
            full.learningRate(),
            full.batch(),
            Time.epochs(EPOCHS),
            full.clipNorm(),
            full.labelSmoothing());
    return new Study(
        study.name(),
        new FirstExamples(study.data(), EXAMPLES),
        study.model(),
        training,
        study.methods(),
        List.of(1L));
  }

  /** Runs the studies made short, and keeps nothing but their outcomes. */
  public static List<Outcome> run(List<Study> studies, Progress progress) {
    Path store = temporaryFolder();
    try {
      return run(studies, store, progress);
    } finally {
      delete(store);
    }
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("coppice-quick");
    } catch (IOException e) {
      throw new UncheckedIOException("no temporary folder: " + e.getMessage(), e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + folder + ": " + e.getMessage(), e);
    }
  }

  private static List<Outcome> run(List<Study> studies, Path store, Progress progress) {
    List<Outcome> outcomes = new ArrayList<>();
    List<Study> made = studies(studies);
    WholeJob job = new WholeJob(made, progress, () -> {});
    for (Study study : made) {
      job.begin(study);
      for (RunResult run : study.run(new RunStore(store), job)) {
        outcomes.add(
            new Outcome(
                study.name(),
                run.method(),
                run.run(),
                run.metrics().getOrDefault("accuracy", Double.NaN),
                run.metrics().getOrDefault("nonzero", Double.NaN)));
      }
    }
    return outcomes;
  }

  /** The committed outcomes. */
  public static List<Outcome> read(Paper paper) {
    Path file = paper.results().resolve(FILE);
    return Files.exists(file)
        ? CsvFile.read(file).stream()
            .map(
                line ->
                    new Outcome(
                        line.text("study"),
                        line.text("method"),
                        line.text("run"),
                        line.number("accuracy"),
                        line.number("weights")))
            .toList()
        : List.of();
  }

  /**
   * Puts outcomes in the place of committed ones of the same study and method, and drops those that
   * the script no longer says.
   *
   * @param script all studies of the outcomes' script
   */
  public static void write(Paper paper, List<Study> script, List<Outcome> outcomes) {
    Set<String> names = script.stream().map(Study::name).collect(Collectors.toSet());
    Set<String> said =
        studies(script).stream()
            .flatMap(study -> study.plans().stream())
            .map(Plan::hash)
            .collect(Collectors.toSet());
    Map<String, Outcome> all = new TreeMap<>();
    read(paper).stream()
        .filter(known -> !names.contains(known.study()) || said.contains(known.run()))
        .forEach(known -> all.put(known.key(), known));
    outcomes.forEach(outcome -> all.put(outcome.key(), outcome));
    StringColumn study = StringColumn.create("study");
    StringColumn method = StringColumn.create("method");
    StringColumn run = StringColumn.create("run");
    DoubleColumn accuracy = DoubleColumn.create("accuracy");
    DoubleColumn weights = DoubleColumn.create("weights");
    for (Outcome outcome : all.values()) {
      study.append(outcome.study());
      method.append(outcome.method());
      run.append(outcome.run());
      accuracy.append(outcome.accuracy());
      weights.append(outcome.weights());
    }
    Table table = Table.create("quick", study, method, run, accuracy, weights);
    Saved.write(paper.results().resolve(FILE), Csv.of(table));
  }
}
