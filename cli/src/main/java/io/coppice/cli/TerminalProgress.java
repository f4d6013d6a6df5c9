package io.coppice.cli;

import io.coppice.framework.run.Progress;
import io.coppice.framework.run.RunResult;
import io.coppice.framework.run.TimeLeft;
import io.coppice.framework.training.EpochRow;
import io.coppice.framework.training.Plan;
import io.coppice.notebooks.kernel.CoppiceKernel;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.Locale;

/** A study's progress in one line that is drawn again; without a terminal, one line per run. */
public final class TerminalProgress implements Progress {
  private static final int SHORTEST_BAR = 8;
  private static final int LONGEST_BAR = 24;

  private final PrintStream out;
  private final Terminal terminal;
  private final TimeLeft time;
  private final boolean tellsLeft;
  private int done;
  private int runs;

  /** On standard error, as {@link java.util.ServiceLoader} makes it for a study. */
  public TerminalProgress() {
    this(System.err, Terminal.ofStandardError(), Clock.systemUTC());
  }

  /** On standard error, for a study that so many processes share. */
  static TerminalProgress of(Terminal terminal, int sharing) {
    return new TerminalProgress(
        System.err, terminal, new TimeLeft(Clock.systemUTC(), sharing), true);
  }

  TerminalProgress(PrintStream out, Terminal terminal, Clock clock) {
    this(out, terminal, new TimeLeft(clock, 1), false);
  }

  /**
   * With a judgement of time of its own.
   *
   * @param tellsLeft whether lines of finished runs, too, end with the time left
   */
  TerminalProgress(PrintStream out, Terminal terminal, TimeLeft time, boolean tellsLeft) {
    this.out = out;
    this.terminal = terminal;
    this.time = time;
    this.tellsLeft = tellsLeft;
  }

  /** A cell of a notebook has a display of its own. */
  @Override
  public boolean here() {
    return CoppiceKernel.current().isEmpty();
  }

  @Override
  public void started(Plan plan, int index, int runs, List<EpochRow> finished, int epochs) {
    this.runs = runs;
    time.runStarted(finished.size(), epochs);
    draw(plan, finished.size(), epochs, "");
  }

  @Override
  public void epoch(Plan plan, EpochRow row, int epochs) {
    String left = TimeLeft.words(time.after(row.epoch(), runs - done - 1));
    String rest = ", validation %s, %s left".formatted(percent(row.validationAccuracy()), left);
    draw(plan, row.epoch(), epochs, rest);
  }

  @Override
  public void finished(Plan plan, RunResult result, boolean stored) {
    done++;
    if (!stored) {
      time.runFinished(result.epochs().size());
    }
    if (!terminal.live()) {
      out.printf("%s%s, %s%s%n", count(done), name(plan), outcome(result, stored), left());
    }
    if (done == runs) {
      out.printf(
          "%s%d %s in %s%n",
          terminal.clear(), runs, runs == 1 ? "run" : "runs", TimeLeft.words(time.spent()));
    }
    out.flush();
  }

  @Override
  public void warning(String message) {
    out.printf("%s%s%n", terminal.clear(), message);
    out.flush();
  }

  private String left() {
    return tellsLeft && done < runs
        ? time.ofRuns(runs - done).map(left -> ", " + TimeLeft.words(left) + " left").orElse("")
        : "";
  }

  private void draw(Plan plan, int epoch, int epochs, String rest) {
    if (!terminal.live()) {
      return;
    }
    String count = count(done + 1);
    String text = "%s, epoch %d/%d%s".formatted(name(plan), epoch, epochs, rest);
    int room = terminal.width() - 1;
    int length = Math.min(LONGEST_BAR, room - count.length() - text.length() - "[] ".length());
    String bar =
        length < SHORTEST_BAR ? "" : bar(length, (done + (double) epoch / epochs) / runs) + " ";
    String line = count + bar + text;
    line = line.substring(0, Math.min(room, line.length()));
    out.print("\r" + line + " ".repeat(room - line.length()));
    out.flush();
  }

  /** The run's number, with that of all runs where one has told it. */
  private String count(int run) {
    return runs == 0 ? run + " " : run + "/" + runs + " ";
  }

  private static String bar(int length, double share) {
    int full = (int) (length * share);
    return "[" + "#".repeat(full) + "-".repeat(length - full) + "]";
  }

  private static String name(Plan plan) {
    return plan.method().name() + ", seed " + plan.seed();
  }

  private static String outcome(RunResult result, boolean stored) {
    String end =
        result.collapse().map(reason -> "ended early: " + reason).orElseGet(() -> accuracy(result));
    return stored ? end + ", from the store" : end;
  }

  /** A run that is only looked at has not read the test part. */
  private static String accuracy(RunResult result) {
    Double accuracy = result.metrics().get("accuracy");
    return accuracy == null ? "trained" : "accuracy " + percent(accuracy);
  }

  private static String percent(double fraction) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * fraction);
  }
}
