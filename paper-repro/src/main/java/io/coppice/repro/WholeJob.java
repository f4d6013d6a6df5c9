package io.coppice.repro;

import io.coppice.framework.run.Progress;
import io.coppice.framework.run.RunResult;
import io.coppice.framework.run.Study;
import io.coppice.framework.training.EpochRow;
import io.coppice.framework.training.Plan;
import java.util.List;

/** Several studies told as one job, whose runs are counted through. */
final class WholeJob implements Progress {
  private final Progress told;
  private final Runnable afterRun;
  private final int runs;
  private int before;
  private int ofThis;

  /**
   * A job of these studies.
   *
   * @param afterRun is run whenever one has been trained
   */
  WholeJob(List<Study> studies, Progress told, Runnable afterRun) {
    this.told = told;
    this.afterRun = afterRun;
    this.runs = studies.stream().mapToInt(study -> study.plans().size()).sum();
  }

  /** The next study begins. */
  void begin(Study study) {
    before += ofThis;
    ofThis = study.plans().size();
  }

  @Override
  public void started(Plan plan, int index, int ofStudy, List<EpochRow> trained, int epochs) {
    told.started(plan, before + index, runs, trained, epochs);
  }

  @Override
  public void epoch(Plan plan, EpochRow row, int epochs) {
    told.epoch(plan, row, epochs);
  }

  @Override
  public void finished(Plan plan, RunResult result, boolean stored) {
    if (!stored) {
      afterRun.run();
    }
    told.finished(plan, result, stored);
  }

  @Override
  public void warning(String message) {
    told.warning(message);
  }
}
