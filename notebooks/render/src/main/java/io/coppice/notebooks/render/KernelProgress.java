package io.coppice.notebooks.render;

import io.coppice.framework.run.Progress;
import io.coppice.framework.run.RunResult;
import io.coppice.framework.run.RunState;
import io.coppice.framework.run.Study;
import io.coppice.framework.run.StudyState;
import io.coppice.framework.run.StudyWatch;
import io.coppice.framework.training.EpochRow;
import io.coppice.framework.training.Plan;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A study's progress in a cell of IJava or JJava, drawn in place at most five times a second and
 * once more when the study has ended.
 */
public final class KernelProgress implements Progress {
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final Clock clock = Clock.systemUTC();
  private final StudyWatch watch = new StudyWatch(clock, this::changed);
  private KernelDisplay display;
  private String id;
  private Instant drawn;

  @Override
  public boolean here() {
    return RunningKernel.other().isPresent();
  }

  @Override
  public void begun(Study study) {
    display = new KernelDisplay(RunningKernel.other().orElseThrow());
    watch.begun(study);
  }

  private void changed(StudyState state) {
    Instant now = clock.instant();
    if (id == null) {
      id = display.show(state);
    } else if (state.runs().stream().allMatch(RunState::isOver)
        || Duration.between(drawn, now).compareTo(PAUSE) >= 0) {
      display.update(id, state);
    } else {
      return;
    }
    drawn = now;
  }

  @Override
  public void started(Plan plan, int index, int runs, List<EpochRow> finished, int epochs) {
    watch.started(plan, index, runs, finished, epochs);
  }

  @Override
  public void epoch(Plan plan, EpochRow row, int epochs) {
    watch.epoch(plan, row, epochs);
  }

  @Override
  public void finished(Plan plan, RunResult result, boolean stored) {
    watch.finished(plan, result, stored);
  }

  @Override
  public void warning(String message) {
    watch.warning(message);
  }
}
