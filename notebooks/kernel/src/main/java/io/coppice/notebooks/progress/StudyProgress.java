package io.coppice.notebooks.progress;

import io.coppice.framework.run.TimeLeft;
import io.coppice.framework.training.EpochRow;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A study that is running, at one moment: what a cell shows while it waits. A renderer registered
 * for this type takes the place of {@link #toHtml}.
 *
 * @param runs how many runs the study has; 0 until one has been trained
 * @param begun the runs that have begun, in order, those from the store too
 * @param spent since the study began
 * @param left until it will end, as far as it can be told
 * @param warnings what the user should know
 * @param stopped whether the cell ended before the study
 */
public record StudyProgress(
    int runs,
    List<RunProgress> begun,
    Duration spent,
    Optional<Duration> left,
    List<String> warnings,
    boolean stopped) {
  public StudyProgress {
    begun = List.copyOf(begun);
    warnings = List.copyOf(warnings);
  }

  /** Whether all runs have ended. */
  public boolean ended() {
    return !begun.isEmpty() && begun.size() >= runs && begun.stream().allMatch(RunProgress::ended);
  }

  /** How much of the study is done, from 0 to 1. */
  public double share() {
    double done = begun.stream().mapToDouble(RunProgress::share).sum();
    return done / Math.max(Math.max(1, runs), begun.size());
  }

  /** In one line: the run, its epoch, its accuracy and the time left; then the warnings. */
  @Override
  public String toString() {
    return String.join("\n", warnings) + (warnings.isEmpty() ? "" : "\n") + line();
  }

  private String line() {
    if (ended()) {
      int count = begun.size();
      return "%d %s in %s".formatted(count, count == 1 ? "run" : "runs", TimeLeft.words(spent));
    }
    if (begun.isEmpty()) {
      return "starting";
    }
    RunProgress run = begun.get(begun.size() - 1);
    String count = runs == 0 ? "" + begun.size() : begun.size() + "/" + runs;
    String place = "%s %s, seed %d".formatted(count, run.method(), run.seed());
    if (run.ended()) {
      return place + ", " + run.outcome();
    }
    return place + ", epoch %d/%d".formatted(run.epoch(), run.epochs()) + accuracy(run) + rest();
  }

  private static String accuracy(RunProgress run) {
    List<EpochRow> rows = run.rows();
    return rows.isEmpty()
        ? ""
        : String.format(
            Locale.ROOT,
            ", validation %.2f %%",
            100 * rows.get(rows.size() - 1).validationAccuracy());
  }

  private String rest() {
    return stopped
        ? ", stopped; running the cell again resumes"
        : left.map(time -> ", " + TimeLeft.words(time) + " left").orElse("");
  }

  /** A bar and the line of {@link #toString}, as a fragment of HTML. */
  public String toHtml() {
    String bar =
        String.format(Locale.ROOT, "<progress max=\"1\" value=\"%.3f\"></progress> ", share());
    return "<div class=\"coppice-progress\">" + bar + escaped(line()) + notes() + "</div>";
  }

  private String notes() {
    StringBuilder notes = new StringBuilder();
    warnings.forEach(warning -> notes.append("<br>").append(escaped(warning)));
    return notes.toString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }
}
