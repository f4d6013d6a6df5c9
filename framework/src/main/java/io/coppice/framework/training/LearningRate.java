package io.coppice.framework.training;

import io.coppice.framework.recipe.Timeline;

/** The recipe of a learning-rate schedule: pure data. */
public interface LearningRate {

  /** The schedule of one run. */
  Course start(Timeline timeline);

  /** One run's learning rate, as a factor of the optimiser's. */
  interface Course {

    /** The factor of the step with this index, counted from 0. */
    double factor(long step);

    /** Tells the course how the epoch ended; only plateau schedules listen. */
    default void afterEpoch(double validationLoss) {}

    /** What a resume needs. */
    default double[] state() {
      return new double[0];
    }

    default void restore(double[] state) {}
  }
}
