package io.coppice.engines.sparse.cuda;

import io.coppice.framework.ops.Floats;
import io.coppice.framework.optimize.Adam;
import io.coppice.framework.optimize.Optimizer;
import io.coppice.framework.optimize.Sgd;
import java.lang.ref.Reference;
import java.util.List;

/**
 * Steps of update rules in one pass over a GPU's memory; they launch and do not wait. Not for two
 * threads at once.
 */
public final class CudaSteps {
  private final KernelDevice device;
  private final KernelArguments arguments = new KernelArguments();

  CudaSteps(KernelDevice device) {
    this.device = device;
  }

  /**
   * Moves parameters by stochastic gradient descent or Adam; the gradients are 0 afterwards. Where
   * the mask is 0, parameters and memories become 0.
   *
   * @param parameters [count], as are all others
   * @param memories as many as the rule keeps
   * @param mask or {@link Floats#NONE}
   * @param step the number of this step, from 1
   * @throws IllegalArgumentException naming the argument whose length or device is wrong, or the
   *     rule
   */
  public void step(
      Optimizer rule,
      double learningRate,
      long step,
      Floats parameters,
      Floats gradients,
      List<Floats> memories,
      Floats mask) {
    int count = Math.toIntExact(parameters.count());
    require("parameters", parameters, count);
    require("gradients", gradients, count);
    if (memories.size() != rule.memories()) {
      throw new IllegalArgumentException(
          "memories are " + memories.size() + "; allowed: " + rule.memories());
    }
    memories.forEach(memory -> require("memories", memory, count));
    if (mask.isPresent()) {
      require("mask", mask, count);
    }
    arguments.begin().address(parameters.address()).address(gradients.address());
    String kernel = rule(rule, learningRate, step, memories, mask, count);
    if (count > 0) {
      device.inContext(
          () ->
              device.launch(
                  device.kernel(Kernels.OPTIMIZER, kernel), Grid.covering(count), arguments));
    }
    // none of the memory may be freed before all is launched
    Reference.reachabilityFence(parameters);
    Reference.reachabilityFence(gradients);
    Reference.reachabilityFence(memories);
    Reference.reachabilityFence(mask);
  }

  private String rule(
      Optimizer rule,
      double learningRate,
      long step,
      List<Floats> memories,
      Floats mask,
      int count) {
    if (rule instanceof Sgd sgd) {
      descend(sgd, learningRate, memories, mask, count);
      return "coppice_sgd";
    }
    if (rule instanceof Adam adam) {
      adapt(adam, learningRate, step, memories, mask, count);
      return "coppice_adam";
    }
    throw new IllegalArgumentException(
        "rule is a " + rule.getClass().getSimpleName() + "; allowed on a GPU: Sgd, Adam");
  }

  private void descend(Sgd rule, double rate, List<Floats> memories, Floats mask, int count) {
    arguments
        .address(memories.isEmpty() ? 0 : memories.get(0).address())
        .address(mask.address())
        .integers(count)
        .floats((float) rate, (float) rule.momentum())
        .integers(rule.nesterov() ? 1 : 0)
        .floats((float) rule.weightDecay());
  }

  private void adapt(
      Adam rule, double rate, long step, List<Floats> memories, Floats mask, int count) {
    double decay = rule.weightDecay();
    arguments
        .address(memories.get(0).address())
        .address(memories.get(1).address())
        .address(mask.address())
        .integers(count)
        .floats((float) rule.beta1(), (float) rule.beta2(), (float) rule.epsilon())
        .floats(
            (float) (rate / (1 - Math.pow(rule.beta1(), step))),
            (float) (1 / Math.sqrt(1 - Math.pow(rule.beta2(), step))),
            rule.decoupled() ? 0 : (float) decay,
            rule.decoupled() ? (float) (1 - rate * decay) : 1);
  }

  private void require(String name, Floats floats, long count) {
    if (floats.count() != count || !floats.isPresent() && count > 0) {
      throw new IllegalArgumentException(
          name + " has " + floats.count() + " floats; allowed: " + count);
    }
    if (floats.isPresent() && !floats.device().equals(device.device())) {
      throw new IllegalArgumentException(
          name + " is on " + floats.device() + "; allowed: " + device.device());
    }
  }
}
