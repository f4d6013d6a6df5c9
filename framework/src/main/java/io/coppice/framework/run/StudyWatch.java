package io.coppice.framework.run;

import io.coppice.framework.run.RunState.Stage;
import io.coppice.framework.training.EpochRow;
import io.coppice.framework.training.Plan;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Keeps the state of one study while it runs, for a display that shows each new one. */
public abstract class StudyWatch implements Progress {

  private record Key(String method, long seed) {
    static Key of(Plan plan) {
      return new Key(plan.method().name(), plan.seed());
    }
  }

  private final TimeLeft time;
  private final Map<Key, RunState> runs = new LinkedHashMap<>();
  private final List<String> warnings = new ArrayList<>();
  private String study = "";
  private Optional<Duration> left = Optional.empty();
  private boolean stopped;

  protected StudyWatch(Clock clock) {
    this.time = new TimeLeft(clock);
  }

  /** Takes the state after an event. */
  protected abstract void changed(StudyState state);

  /** The study as far as it has come. */
  public StudyState state() {
    return new StudyState(study, List.copyOf(runs.values()), time.spent(), left, warnings, stopped);
  }

  /** The study will not go on: it was interrupted or has failed. */
  protected void stopped() {
    stopped = true;
    left = Optional.empty();
    changed(state());
  }

  @Override
  public void begun(Study begun) {
    study = begun.name();
    for (Plan plan : begun.plans()) {
      runs.put(Key.of(plan), RunState.waiting(plan.method().name(), plan.seed()));
    }
    changed(state());
  }

  @Override
  public void started(Plan plan, int index, int count, List<EpochRow> finished, int epochs) {
    time.runStarted(finished.size(), epochs);
    put(plan, Stage.RUNNING, epochs, finished.size(), finished, "");
  }

  @Override
  public void epoch(Plan plan, EpochRow row, int epochs) {
    List<EpochRow> rows = new ArrayList<>(rows(plan));
    rows.add(row);
    long waiting = runs.values().stream().filter(run -> run.stage() == Stage.WAITING).count();
    left = Optional.of(time.after(row.epoch(), (int) waiting));
    put(plan, Stage.RUNNING, epochs, row.epoch(), rows, "");
  }

  @Override
  public void finished(Plan plan, RunResult result, boolean stored) {
    if (!stored) {
      time.runFinished(result.epochs().size());
    }
    Stage end = stored ? Stage.STORED : Stage.FINISHED;
    if (result.collapse().isPresent()) {
      warnings.add(
          "%s, seed %d, collapsed: %s"
              .formatted(result.method(), result.seed(), result.collapse().get()));
      end = Stage.COLLAPSED;
    }
    int epochs = Math.max(result.epochs().size(), epochs(plan));
    put(plan, end, epochs, result.epochs().size(), result.epochs(), accuracy(result));
  }

  @Override
  public void warning(String message) {
    warnings.add(message);
    changed(state());
  }

  private void put(Plan plan, Stage stage, int epochs, int done, List<EpochRow> rows, String end) {
    Key key = Key.of(plan);
    runs.put(key, new RunState(key.method(), key.seed(), stage, epochs, done, rows, end));
    if (runs.values().stream().allMatch(RunState::isOver)) {
      left = Optional.empty();
    }
    changed(state());
  }

  private List<EpochRow> rows(Plan plan) {
    return Optional.ofNullable(runs.get(Key.of(plan))).map(RunState::rows).orElse(List.of());
  }

  private int epochs(Plan plan) {
    return Optional.ofNullable(runs.get(Key.of(plan))).map(RunState::epochs).orElse(0);
  }

  private static String accuracy(RunResult result) {
    Double accuracy = result.metrics().get("accuracy");
    return accuracy == null ? "" : String.format(Locale.ROOT, "%.2f %%", 100 * accuracy);
  }
}
