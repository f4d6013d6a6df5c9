package io.coppice.framework.optimize;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.training.GradientCollector;
import io.coppice.framework.autograd.Autograd;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An optimiser at work on some parameters: their gradients and memories, which live as long as it.
 */
public final class Updates implements AutoCloseable {
  private final EngineSupport.JointUpdate update;
  private final Map<String, Slot> slots = new LinkedHashMap<>();
  private long step;

  /**
   * Gives every parameter a gradient and zeroed memories.
   *
   * @param manager memory that lives as long as the run
   */
  public Updates(Optimizer optimizer, Map<String, NDArray> parameters, NDManager manager) {
    parameters.forEach(
        (name, parameter) -> {
          NDArray gradient = attachGradient(parameter);
          List<NDArray> memories = new ArrayList<>();
          for (int i = 0; i < optimizer.memories(); i++) {
            memories.add(manager.zeros(parameter.getShape()));
          }
          slots.put(name, new Slot(parameter, gradient, memories));
        });
    update =
        EngineSupport.find()
            .jointUpdate(optimizer, List.copyOf(slots.values()))
            .orElse((rate, count) -> oneByOne(optimizer, rate, count));
  }

  private void oneByOne(Optimizer optimizer, double learningRate, long count) {
    for (Slot slot : slots.values()) {
      slot.maskGradient();
      optimizer.update(slot.parameter(), slot.gradient(), slot.memories(), learningRate, count);
    }
  }

  /**
   * A gradient array of its own, zero, that later backward passes add to: PyTorch makes it in the
   * first backward pass, so one through a zero difference is run here.
   */
  private static NDArray attachGradient(NDArray parameter) {
    parameter.setRequiresGradient(true);
    try (NDScope scope = new NDScope();
        GradientCollector collector = Autograd.find().gradientCollector()) {
      scope.suppressNotUsedWarning();
      collector.backward(parameter.sub(parameter).sum());
    }
    return parameter.getGradient();
  }

  /** The gradient of the parameter of this name. */
  public NDArray gradient(String name) {
    return slots.get(name).gradient();
  }

  /** The memories of the parameter of this name. */
  public List<NDArray> memories(String name) {
    return slots.get(name).memories();
  }

  /**
   * From now on steps move nothing of the parameter of this name where the mask is 0.
   *
   * @param mask of 0 and 1 in the parameter's shape, live; parameter and memories are 0 where it is
   */
  public void hold(String name, NDArray mask) {
    slots.get(name).hold(mask);
  }

  /** From now on steps move all of the parameter of this name again. */
  public void release(String name) {
    slots.get(name).release();
  }

  /**
   * Scales all gradients so that their joint Euclidean norm, without what is held, is at most
   * {@code limit}.
   */
  public void clip(double limit) {
    double squares = 0;
    for (Slot slot : slots.values()) {
      slot.maskGradient();
      squares += slot.gradient().mul(slot.gradient()).sum().getFloat();
    }
    double norm = Math.sqrt(squares);
    if (norm > limit) {
      slots.values().forEach(slot -> slot.gradient().muli(limit / norm));
    }
  }

  /** Moves every parameter and sets the gradients to 0. */
  public void step(double learningRate) {
    update.step(learningRate, ++step);
  }

  /** How many steps were taken. */
  public long steps() {
    return step;
  }

  /** The memories of {@link #state} have been written: continues after this many steps. */
  public void resumeAt(long steps) {
    this.step = steps;
  }

  /** Every memory by name, as live arrays. */
  public Map<String, NDArray> state() {
    Map<String, NDArray> state = new LinkedHashMap<>();
    slots.forEach(
        (name, slot) -> {
          for (int i = 0; i < slot.memories().size(); i++) {
            state.put(name + "/" + i, slot.memories().get(i));
          }
        });
    return state;
  }

  @Override
  public void close() {
    update.close();
  }
}
