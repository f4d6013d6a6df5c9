package io.coppice.framework.autograd;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.training.GradientCollector;
import io.coppice.framework.ops.Floats;
import java.util.ServiceLoader;

/**
 * Gradients of custom operations, and the memory of tensors for them to work on; found by {@link
 * ServiceLoader}.
 */
public interface Autograd {

  /**
   * Opens a collector for this thread; DJL's own knows no custom operations. A DJL trainer uses it
   * when {@code Trainer.newGradientCollector()} is overridden to return it. What was applied is
   * kept until it is closed, so that several losses may share it: open one per step.
   *
   * @throws IllegalStateException when this thread has one already
   */
  default GradientCollector gradientCollector() {
    return Engine.getInstance().newGradientCollector();
  }

  /** Whether this thread has an open {@link #gradientCollector} that knows custom operations. */
  default boolean isCollecting() {
    return false;
  }

  /**
   * Applies an operation. Without a collector on this thread it only computes. With one, inputs
   * must stay open until the backward pass, and what happens to the output must not be in place.
   *
   * @param inputs of which those that a gradient reaches get theirs in the backward pass
   */
  default NDArray apply(CustomOperation operation, NDArray... inputs) {
    throw new UnsupportedOperationException(MISSING);
  }

  /**
   * The memory of an array for reading: its own, or that of a copy where the array is not dense in
   * its order, not of 32-bit floats or on another device. A copy belongs to the scope or manager
   * that is the array's.
   */
  default Floats reading(NDArray array, Device device) {
    throw new UnsupportedOperationException(MISSING);
  }

  /**
   * An array's own memory for writing.
   *
   * @throws IllegalArgumentException when the array is not dense in its order, not of 32-bit floats
   *     or on another device
   */
  default Floats writing(NDArray array, Device device) {
    throw new UnsupportedOperationException(MISSING);
  }

  /** What to say where no engine on the class path has custom operations. */
  String MISSING = "custom operations need coppice-engine-pytorch on the class path";

  /** The engine's on the class path, or one that has DJL's collector and no custom operations. */
  static Autograd find() {
    return ServiceLoader.load(Autograd.class, Autograd.class.getClassLoader())
        .findFirst()
        .orElse(new Autograd() {});
  }
}
