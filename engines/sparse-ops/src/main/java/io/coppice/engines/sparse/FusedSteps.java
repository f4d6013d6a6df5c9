package io.coppice.engines.sparse;

import io.coppice.framework.ops.Floats;
import io.coppice.framework.optimize.Adam;
import io.coppice.framework.optimize.Sgd;
import java.lang.ref.Reference;

/**
 * Steps of update rules in one pass over parameter, gradient and memories, all [count]; the
 * gradients are 0 afterwards. Where a mask [count] is 0, parameter and memories become 0.
 */
public final class FusedSteps {
  private final Isa isa;

  FusedSteps(Isa isa) {
    this.isa = isa;
  }

  /**
   * Moves parameters by stochastic gradient descent.
   *
   * @param velocities {@link Floats#NONE} without a momentum
   * @param mask or {@link Floats#NONE}
   * @throws IllegalArgumentException naming the argument whose length is wrong
   */
  public void sgd(
      Sgd rule,
      double learningRate,
      Floats parameters,
      Floats gradients,
      Floats velocities,
      Floats mask) {
    long count = parameters.count();
    require("gradients", gradients, count);
    require("velocities", velocities, rule.momentum() > 0 ? count : 0);
    requireMask(mask, count);
    SparseLibrary.coppice_sgd(
        isa.number(),
        parameters.address(),
        gradients.address(),
        velocities.address(),
        mask.address(),
        count,
        (float) learningRate,
        (float) rule.momentum(),
        rule.nesterov() ? 1 : 0,
        (float) rule.weightDecay());
    keep(parameters, gradients, velocities, mask);
  }

  /**
   * Moves parameters by Adam.
   *
   * @param step the number of this step, from 1
   * @param mask or {@link Floats#NONE}
   * @throws IllegalArgumentException naming the argument whose length is wrong
   */
  public void adam(
      Adam rule,
      double learningRate,
      long step,
      Floats parameters,
      Floats gradients,
      Floats means,
      Floats squares,
      Floats mask) {
    long count = parameters.count();
    require("gradients", gradients, count);
    require("means", means, count);
    require("squares", squares, count);
    requireMask(mask, count);
    double decay = rule.weightDecay();
    SparseLibrary.coppice_adam(
        isa.number(),
        parameters.address(),
        gradients.address(),
        means.address(),
        squares.address(),
        mask.address(),
        count,
        (float) rule.beta1(),
        (float) rule.beta2(),
        (float) rule.epsilon(),
        (float) (learningRate / (1 - Math.pow(rule.beta1(), step))),
        (float) (1 / Math.sqrt(1 - Math.pow(rule.beta2(), step))),
        rule.decoupled() ? 0 : (float) decay,
        rule.decoupled() ? (float) (1 - learningRate * decay) : 1);
    keep(parameters, gradients, means, squares, mask);
  }

  private static void requireMask(Floats mask, long count) {
    if (mask.isPresent()) {
      require("mask", mask, count);
    }
  }

  private static void require(String name, Floats floats, long count) {
    if (floats.count() != count || !floats.isPresent() && count > 0) {
      throw new IllegalArgumentException(
          name + " has " + floats.count() + " floats; allowed: " + count);
    }
  }

  private static void keep(Floats... used) {
    Reference.reachabilityFence(used);
  }
}
