package io.coppice.framework.training;

import io.coppice.framework.recipe.StoppedException;

/** The user stopped the training; the finished epochs are kept and the run can be resumed. */
public final class TrainingInterruptedException extends StoppedException {

  public TrainingInterruptedException(int finishedEpochs) {
    super("interrupted after " + finishedEpochs + " epochs; running it again resumes there");
  }

  /** The user stopped a study that was waiting for another process's run. */
  public TrainingInterruptedException(String message) {
    super(message);
  }
}
