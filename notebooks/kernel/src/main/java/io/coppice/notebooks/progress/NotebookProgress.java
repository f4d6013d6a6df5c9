package io.coppice.notebooks.progress;

import io.coppice.framework.run.Study;
import io.coppice.framework.run.StudyState;
import io.coppice.framework.run.StudyWatch;
import io.coppice.notebooks.kernel.CoppiceKernel;
import java.time.Clock;

/** A study's progress in its cell, drawn in place until the cell ends. */
public final class NotebookProgress extends StudyWatch {
  private LiveDisplay display;
  private boolean cellEnded;

  /** By the machine's clock. */
  public NotebookProgress() {
    super(Clock.systemUTC());
  }

  @Override
  public boolean here() {
    return CoppiceKernel.current().isPresent();
  }

  @Override
  public void begun(Study study) {
    CoppiceKernel kernel = CoppiceKernel.getKernelInstance();
    display = new LiveDisplay(kernel);
    kernel.atCellEnd(this::cellEnded);
    super.begun(study);
  }

  @Override
  protected void changed(StudyState state) {
    display.show(state);
  }

  /** In the study's display, or where a later cell writes its errors. */
  @Override
  public void warning(String message) {
    if (cellEnded) {
      System.err.println(message);
    } else {
      super.warning(message);
    }
  }

  private void cellEnded() {
    cellEnded = true;
    StudyState state = state();
    if (state.done() < state.runs().size()) {
      stopped();
    }
    display.close();
  }
}
