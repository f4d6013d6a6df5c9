package io.coppice.engines.sparse;

import io.coppice.framework.ops.Floats;
import io.coppice.framework.optimize.Adam;
import io.coppice.framework.optimize.FusedSteps;
import io.coppice.framework.optimize.Optimizer;
import io.coppice.framework.optimize.Sgd;
import java.lang.ref.Reference;
import java.util.List;

/** Steps of update rules in native code. */
final class CpuSteps implements FusedSteps {
  private final Isa isa;

  CpuSteps(Isa isa) {
    this.isa = isa;
  }

  @Override
  public void step(
      Optimizer rule,
      double learningRate,
      long step,
      Floats parameters,
      Floats gradients,
      List<Floats> memories,
      Floats mask) {
    long count = parameters.count();
    require("gradients", gradients, count);
    if (memories.size() != rule.memories()) {
      throw new IllegalArgumentException(
          "memories are " + memories.size() + "; allowed: " + rule.memories());
    }
    memories.forEach(memory -> require("memories", memory, count));
    if (mask.isPresent()) {
      require("mask", mask, count);
    }
    if (rule instanceof Sgd sgd) {
      descend(sgd, learningRate, parameters, gradients, memories, mask);
    } else if (rule instanceof Adam adam) {
      adapt(adam, learningRate, step, parameters, gradients, memories, mask);
    }
    // none of the memory may be freed while native code runs
    Reference.reachabilityFence(parameters);
    Reference.reachabilityFence(gradients);
    Reference.reachabilityFence(memories);
    Reference.reachabilityFence(mask);
  }

  private void descend(
      Sgd rule, double rate, Floats parameters, Floats gradients, List<Floats> kept, Floats mask) {
    Floats velocities = kept.isEmpty() ? Floats.NONE : kept.get(0);
    SparseLibrary.coppice_sgd(
        isa.number(),
        parameters.address(),
        gradients.address(),
        velocities.address(),
        mask.address(),
        parameters.count(),
        (float) rate,
        (float) rule.momentum(),
        rule.nesterov() ? 1 : 0,
        (float) rule.weightDecay());
  }

  private void adapt(
      Adam rule,
      double rate,
      long step,
      Floats parameters,
      Floats gradients,
      List<Floats> kept,
      Floats mask) {
    double decay = rule.weightDecay();
    SparseLibrary.coppice_adam(
        isa.number(),
        parameters.address(),
        gradients.address(),
        kept.get(0).address(),
        kept.get(1).address(),
        mask.address(),
        parameters.count(),
        rule.beta1(),
        rule.beta2(),
        (float) rule.epsilon(),
        (float) (rate / (1 - Math.pow(rule.beta1(), step))),
        (float) (1 / Math.sqrt(1 - Math.pow(rule.beta2(), step))),
        rule.decoupled() ? 0 : (float) decay,
        rule.decoupled() ? (float) (1 - rate * decay) : 1);
  }

  private static void require(String name, Floats floats, long count) {
    if (floats.count() != count || !floats.isPresent() && count > 0) {
      throw new IllegalArgumentException(
          name + " has " + floats.count() + " floats; allowed: " + count);
    }
  }
}
