package io.coppice.notebooks.progress;

import io.coppice.framework.run.Progress;
import io.coppice.framework.run.RunResult;
import io.coppice.framework.run.TimeLeft;
import io.coppice.framework.training.EpochRow;
import io.coppice.framework.training.Plan;
import io.coppice.notebooks.kernel.CoppiceKernel;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A study's progress in its cell: one display that is drawn again, a few times a second at most.
 */
public final class NotebookProgress implements Progress {
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final Clock clock;
  private final TimeLeft time;
  private final List<RunProgress> begun = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private int runs;
  private int done;
  private Optional<Duration> left = Optional.empty();
  private Instant drawn = Instant.MIN;
  private String display;

  /** As {@link java.util.ServiceLoader} makes it for a study. */
  public NotebookProgress() {
    this(Clock.systemUTC());
  }

  NotebookProgress(Clock clock) {
    this.clock = clock;
    this.time = new TimeLeft(clock);
  }

  @Override
  public boolean here() {
    return CoppiceKernel.current().isPresent();
  }

  @Override
  public void started(Plan plan, int index, int runs, int finishedEpochs, int epochs) {
    this.runs = runs;
    time.runStarted(finishedEpochs, epochs);
    begun.add(run(plan, epochs, List.of(), finishedEpochs, ""));
    draw(true);
  }

  @Override
  public void epoch(Plan plan, EpochRow row, int epochs) {
    List<EpochRow> rows = new ArrayList<>(last().rows());
    rows.add(row);
    setLast(run(plan, epochs, rows, row.epoch(), ""));
    left = Optional.of(time.after(row.epoch(), Math.max(0, runs - done - 1)));
    draw(false);
  }

  @Override
  public void finished(Plan plan, RunResult result, boolean stored) {
    done++;
    int epochs = result.epochs().size();
    if (stored) {
      begun.add(run(plan, epochs, List.of(), epochs, outcome(result) + ", from the store"));
    } else {
      time.runFinished(epochs);
      setLast(run(plan, last().epochs(), last().rows(), epochs, outcome(result)));
    }
    draw(done == runs || display == null);
  }

  @Override
  public void warning(String message) {
    warnings.add(message);
    draw(true);
  }

  private static RunProgress run(
      Plan plan, int epochs, List<EpochRow> rows, int epoch, String outcome) {
    return new RunProgress(plan.method().name(), plan.seed(), epochs, rows, epoch, outcome);
  }

  private RunProgress last() {
    return begun.get(begun.size() - 1);
  }

  private void setLast(RunProgress run) {
    begun.set(begun.size() - 1, run);
  }

  private static String outcome(RunResult result) {
    return result
        .collapse()
        .map(reason -> "ended early: " + reason)
        .orElseGet(
            () ->
                String.format(
                    Locale.ROOT,
                    "accuracy %.2f %%",
                    100 * result.metrics().getOrDefault("accuracy", Double.NaN)));
  }

  private void draw(boolean now) {
    Instant instant = clock.instant();
    if (!now && instant.isBefore(drawn.plus(PAUSE))) {
      return;
    }
    drawn = instant;
    show(false);
  }

  private void show(boolean stopped) {
    CoppiceKernel kernel = CoppiceKernel.getKernelInstance();
    StudyProgress progress = new StudyProgress(runs, begun, time.spent(), left, warnings, stopped);
    if (display == null) {
      display = kernel.display(progress);
      kernel.atCellEnd(this::cellEnded);
    } else {
      kernel.updateDisplay(display, progress);
    }
  }

  /** Draws what a pause left out, and that a study has stopped. */
  private void cellEnded() {
    show(done < Math.max(runs, begun.size()));
  }
}
