package io.coppice.notebooks.progress;

import io.coppice.framework.run.Progress;
import io.coppice.framework.run.RunResult;
import io.coppice.framework.run.Study;
import io.coppice.framework.run.StudyState;
import io.coppice.framework.run.StudyWatch;
import io.coppice.framework.training.EpochRow;
import io.coppice.framework.training.Plan;
import io.coppice.notebooks.kernel.CoppiceKernel;
import java.time.Clock;
import java.util.List;

/** A study's progress in its cell, drawn in place until the cell ends. */
public final class NotebookProgress implements Progress {
  private final StudyWatch watch =
      new StudyWatch(Clock.systemUTC(), state -> this.display.show(state));
  private LiveDisplay display;
  private boolean cellEnded;

  @Override
  public boolean here() {
    return CoppiceKernel.current().isPresent();
  }

  @Override
  public void begun(Study study) {
    CoppiceKernel kernel = CoppiceKernel.getKernelInstance();
    display = new LiveDisplay(kernel);
    kernel.atCellEnd(this::cellEnded);
    watch.begun(study);
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

  /** In the study's display, or where a later cell writes its errors. */
  @Override
  public void warning(String message) {
    if (cellEnded) {
      System.err.println(message);
    } else {
      watch.warning(message);
    }
  }

  private void cellEnded() {
    cellEnded = true;
    StudyState state = watch.state();
    if (state.done() < state.runs().size()) {
      watch.stopped();
    }
    display.close();
  }
}
