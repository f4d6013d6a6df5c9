package io.coppice.framework.training;

/** The user stopped the training; the finished epochs are kept and the run can be resumed. */
public final class TrainingInterruptedException extends RuntimeException {

  public TrainingInterruptedException(int finishedEpochs) {
    super("interrupted after " + finishedEpochs + " epochs; running it again resumes there");
  }

  /** The user stopped a study that was waiting for another process's run. */
  public TrainingInterruptedException(String message) {
    super(message);
  }
}
