package io.coppice.framework.training;

import io.coppice.framework.optimize.Optimizer;
import io.coppice.framework.recipe.Require;
import io.coppice.framework.recipe.Time;
import io.coppice.framework.recipe.Timeline;

/**
 * How a network is trained, whatever the method.
 *
 * @param batch examples per step; the last, smaller batch of an epoch is left out
 * @param clipNorm the gradient's greatest joint norm; 0 leaves it alone
 * @param labelSmoothing the share of a target's mass spread over all classes
 */
public record TrainingRecipe(
    Optimizer optimizer,
    LearningRate learningRate,
    int batch,
    Time length,
    double clipNorm,
    double labelSmoothing) {
  public TrainingRecipe {
    Require.atLeast("batch", batch, 1);
    Require.notNegative("clipNorm", clipNorm);
    Require.within("labelSmoothing", labelSmoothing, 0, 1);
    Require.that(!(length instanceof Time.Percent), "length", length, "epochs(...) or steps(...)");
  }

  /** The training's length on a training part of this size. */
  public Timeline timeline(int examples) {
    Require.that(
        examples >= batch, "batch", batch, "at most the " + examples + " training examples");
    long perEpoch = examples / batch;
    return new Timeline(perEpoch, length.toStep(new Timeline(perEpoch, perEpoch)));
  }
}
