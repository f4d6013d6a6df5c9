package io.coppice.framework.optimize;

import ai.djl.Device;
import io.coppice.framework.ops.Floats;
import java.util.List;

/**
 * What one step of an update rule reads and moves; checked once for every home of the steps.
 *
 * @param step the number of this step, from 1
 * @param parameters [count], as are all others
 * @param memories as many as the rule keeps
 * @param mask or {@link Floats#NONE}
 */
public record StepArguments(
    Optimizer rule,
    double learningRate,
    long step,
    Floats parameters,
    Floats gradients,
    List<Floats> memories,
    Floats mask) {

  /**
   * @throws IllegalArgumentException naming the argument whose length is wrong, or the step
   */
  public StepArguments {
    if (step < 1) {
      throw new IllegalArgumentException("step is " + step + "; allowed: at least 1");
    }
    requireCount("parameters", parameters, parameters.count());
    requireCount("gradients", gradients, parameters.count());
    if (memories.size() != rule.memories()) {
      throw new IllegalArgumentException(
          "memories are " + memories.size() + "; allowed: " + rule.memories());
    }
    for (Floats memory : memories) {
      requireCount("memories", memory, parameters.count());
    }
    if (mask.isPresent()) {
      requireCount("mask", mask, parameters.count());
    }
  }

  private static void requireCount(String name, Floats floats, long count) {
    if (floats.count() != count || !floats.isPresent() && count > 0) {
      String has = floats.isPresent() ? floats.count() + " floats" : "no floats";
      throw new IllegalArgumentException(name + " has " + has + "; allowed: " + count);
    }
  }

  /**
   * Checks where the floats lie.
   *
   * @throws IllegalArgumentException naming the argument that lies elsewhere
   */
  public void requireOn(Device device) {
    requireOn(device, "parameters", parameters);
    requireOn(device, "gradients", gradients);
    memories.forEach(memory -> requireOn(device, "memories", memory));
    requireOn(device, "mask", mask);
  }

  private static void requireOn(Device device, String name, Floats floats) {
    if (floats.isPresent() && !floats.device().equals(device)) {
      throw new IllegalArgumentException(
          name + " is on " + floats.device() + "; allowed: " + device);
    }
  }

  /** The numbers of the parameters. */
  public long count() {
    return parameters.count();
  }
}
