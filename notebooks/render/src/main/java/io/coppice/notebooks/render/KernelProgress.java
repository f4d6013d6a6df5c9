package io.coppice.notebooks.render;

import io.coppice.framework.run.RunState;
import io.coppice.framework.run.Study;
import io.coppice.framework.run.StudyState;
import io.coppice.framework.run.StudyWatch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * A study's progress in a cell of IJava or JJava, drawn in place at most five times a second and
 * once more when the study has ended.
 */
public final class KernelProgress extends StudyWatch {
  private static final Duration PAUSE = Duration.ofMillis(200);

  private KernelDisplay display;
  private String id;
  private Instant drawn;

  /** By the machine's clock. */
  public KernelProgress() {
    super(Clock.systemUTC());
  }

  @Override
  public boolean here() {
    return RunningKernel.other().isPresent();
  }

  @Override
  public void begun(Study study) {
    display = new KernelDisplay(RunningKernel.other().orElseThrow());
    super.begun(study);
  }

  @Override
  protected void changed(StudyState state) {
    Instant now = Instant.now();
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
}
