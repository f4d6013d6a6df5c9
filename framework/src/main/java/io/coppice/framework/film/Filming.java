package io.coppice.framework.film;

import io.coppice.framework.run.Progress;
import io.coppice.framework.run.RunResult;
import io.coppice.framework.run.Study;
import io.coppice.framework.training.CollapseException;
import io.coppice.framework.training.EpochRow;
import io.coppice.framework.training.Plan;
import io.coppice.framework.training.Training;
import io.coppice.framework.training.TrainingInterruptedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Trains one method with one seed to look at it from inside. It is trained as its study's run is,
 * epoch by epoch the same; nothing is stored and the test part is not read.
 */
public final class Filming {
  private final Study study;
  private final Progress progress;

  /**
   * @param study of one method and one seed
   */
  public Filming(Study study, Progress progress) {
    if (study.plans().size() != 1) {
      throw new IllegalArgumentException("a film is of one run, not of " + study.plans().size());
    }
    this.study = study;
    this.progress = progress;
  }

  /** Whether its method has gates to look at; trains nothing. */
  public boolean hasGates() {
    Plan plan = study.plans().get(0);
    try (Training training = new Training(plan, plan.data().load())) {
      return !training.sparsifier().gates().isEmpty();
    }
  }

  /**
   * Trains it.
   *
   * @throws io.coppice.framework.recipe.RecipeException when the method does not fit the network
   * @throws io.coppice.framework.data.DataException when the data cannot be had
   * @throws TrainingInterruptedException within one batch of the thread's interrupt
   */
  public Film film() {
    return film(Integer.MAX_VALUE);
  }

  /**
   * Trains no more than its first epochs.
   *
   * @param most how many; fewer where the training is shorter
   * @throws io.coppice.framework.recipe.RecipeException as {@link #film()}
   */
  public Film film(int most) {
    Plan plan = study.plans().get(0);
    progress.begun(study);
    List<Frame> frames = new ArrayList<>();
    Optional<String> collapse = Optional.empty();
    GateRecorder recorder = new GateRecorder();
    try (Training training = new Training(plan, plan.data().load(), recorder)) {
      int epochs = Math.min(most, training.timeline().epochs());
      progress.started(plan, 0, 1, List.of(), epochs);
      frames.add(Frame.of("start", Optional.empty(), training));
      try {
        while (training.rows().size() < epochs) {
          EpochRow row = training.nextEpoch();
          frames.add(Frame.of("epoch " + row.epoch(), Optional.of(row), training));
          progress.epoch(plan, row, epochs);
        }
      } catch (CollapseException e) {
        collapse = Optional.of(e.getMessage());
        frames.add(Frame.of("collapse", Optional.empty(), training));
      } catch (TrainingInterruptedException e) {
        throw new TrainingInterruptedException(
            "interrupted after " + (frames.size() - 1) + " epochs; a film begins anew");
      }
      progress.finished(plan, result(plan, training.rows(), collapse), false);
    }
    return new Film(plan.method().name(), plan.seed(), frames, recorder.moments(), collapse);
  }

  private static RunResult result(Plan plan, List<EpochRow> rows, Optional<String> collapse) {
    return new RunResult(
        plan.method().name(), plan.seed(), plan.hash(), collapse, Map.of(), List.copyOf(rows));
  }
}
