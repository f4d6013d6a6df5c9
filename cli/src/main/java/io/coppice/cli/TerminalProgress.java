package io.coppice.cli;

import static java.lang.Double.NaN;

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
  private int done;
  private int runs;

  /** On standard error, as {@link java.util.ServiceLoader} makes it for a study. */
  public TerminalProgress() {
    this(System.err, Terminal.ofStandardError(), Clock.systemUTC());
  }

  TerminalProgress(PrintStream out, Terminal terminal, Clock clock) {
    this.out = out;
    this.terminal = terminal;
    this.time = new TimeLeft(clock);
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
      out.printf("%s%s, %s%n", count(done), name(plan), outcome(result, stored));
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
        result
            .collapse()
            .map(reason -> "ended early: " + reason)
            .orElseGet(() -> "accuracy " + percent(result.metrics().getOrDefault("accuracy", NaN)));
    return stored ? end + ", from the store" : end;
  }

  private static String percent(double fraction) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * fraction);
  }
}
