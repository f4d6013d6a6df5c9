package io.coppice.dsl;

import io.coppice.framework.optimize.Optimizer;
import io.coppice.framework.recipe.Time;
import io.coppice.framework.training.LearningRate;
import io.coppice.framework.training.LearningRates;
import io.coppice.framework.training.TrainingRecipe;

/**
 * How a network is trained: {@code sgd(0.1).momentum(0.9).batch(64).epochs(40)}. Immutable; every
 * word returns a new sentence.
 *
 * @param <S> the sentence that the words return
 */
public abstract sealed class TrainingWords<S extends TrainingWords<S>>
    permits SgdTraining, AdamTraining {

  /** What all optimisers share; batches of 64, 20 epochs, a constant learning rate at first. */
  record Common(LearningRate rate, int batch, Time length, double clipNorm, double labelSmoothing) {
    static final Common DEFAULT =
        new Common(new LearningRates.Constant(), 64, Time.epochs(20), 0, 0);
  }

  final Common common;

  TrainingWords(Common common) {
    this.common = common;
  }

  abstract S with(Common changed);

  abstract Optimizer optimizer();

  /** Examples per step. */
  public S batch(int examples) {
    return with(
        new Common(common.rate, examples, common.length, common.clipNorm, common.labelSmoothing));
  }

  /** The training's length in passes over the training part. */
  public S epochs(double epochs) {
    return length(Time.epochs(epochs));
  }

  /** The training's length in optimiser steps. */
  public S steps(long steps) {
    return length(Time.steps(steps));
  }

  private S length(Time length) {
    return with(
        new Common(common.rate, common.batch, length, common.clipNorm, common.labelSmoothing));
  }

  /** How the learning rate changes over time, such as {@code cosine()}. */
  public S learningRate(LearningRate rate) {
    return with(
        new Common(rate, common.batch, common.length, common.clipNorm, common.labelSmoothing));
  }

  /** Scales the gradient so that its norm over all parameters is at most this. */
  public S clipNorm(double norm) {
    return with(new Common(common.rate, common.batch, common.length, norm, common.labelSmoothing));
  }

  /** The share of a target's mass spread evenly over all classes. */
  public S labelSmoothing(double share) {
    return with(new Common(common.rate, common.batch, common.length, common.clipNorm, share));
  }

  /** The recipe that the sentence says. */
  public TrainingRecipe recipe() {
    return new TrainingRecipe(
        optimizer(),
        common.rate,
        common.batch,
        common.length,
        common.clipNorm,
        common.labelSmoothing);
  }
}
