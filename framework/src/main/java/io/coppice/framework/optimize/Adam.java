package io.coppice.framework.optimize;

import ai.djl.ndarray.NDArray;
import io.coppice.framework.recipe.Require;
import java.util.List;

/**
 * Adam (Kingma and Ba 2015, algorithm 1); with {@code decoupled} decay AdamW (Loshchilov and Hutter
 * 2019, algorithm 2), else the decay is added to the gradient.
 */
public record Adam(
    double learningRate,
    double beta1,
    double beta2,
    double epsilon,
    double weightDecay,
    boolean decoupled)
    implements Optimizer {
  public Adam {
    Require.positive("learningRate", learningRate);
    Require.within("beta1", beta1, 0, 1);
    Require.within("beta2", beta2, 0, 1);
    Require.positive("epsilon", epsilon);
    Require.notNegative("weightDecay", weightDecay);
  }

  /** The rule with its paper's constants. */
  public static Adam of(double learningRate) {
    return new Adam(learningRate, 0.9, 0.999, 1e-8, 0, false);
  }

  @Override
  public int memories() {
    return 2;
  }

  @Override
  public void update(
      NDArray parameter, NDArray gradient, List<NDArray> memories, double learningRate, long step) {
    if (weightDecay > 0 && decoupled) {
      parameter.muli(kept(learningRate));
    } else if (weightDecay > 0) {
      gradient.addi(parameter.mul(weightDecay));
    }
    NDArray mean = memories.get(0);
    NDArray square = memories.get(1);
    mean.muli(beta1).addi(gradient.mul(1 - beta1));
    square.muli(beta2).addi(gradient.mul(gradient).muli(1 - beta2));
    NDArray denominator = square.sqrt().muli(rootScale(step)).addi(epsilon);
    parameter.subi(mean.div(denominator).muli(meanScale(learningRate, step)));
    gradient.muli(0);
  }

  /** What the mean is multiplied with in a step. */
  public double meanScale(double learningRate, long step) {
    return learningRate / (1 - Math.pow(beta1, step));
  }

  /** What the root of the mean square is multiplied with in a step. */
  public double rootScale(long step) {
    return 1 / Math.sqrt(1 - Math.pow(beta2, step));
  }

  /** What of a parameter is added to its gradient. */
  public double addedDecay() {
    return decoupled ? 0 : weightDecay;
  }

  /** What a parameter is multiplied with before a step. */
  public double kept(double learningRate) {
    return decoupled ? 1 - learningRate * weightDecay : 1;
  }
}
