package io.coppice.framework.autograd;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.training.GradientCollector;
import io.coppice.framework.ops.ConvolutionShape;
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

  /** Whether {@link #apply} serves. */
  default boolean appliesOperations() {
    return false;
  }

  /**
   * Applies an operation. Without a collector on this thread it only computes. With one, inputs and
   * output must stay open and must not be changed in place until the backward pass.
   *
   * @param inputs of which those that a gradient reaches get theirs in the backward pass; they
   *     become leaves of the graph, so that what is made of them from then on adds up in them
   */
  default NDArray apply(CustomOperation operation, NDArray... inputs) {
    throw missing();
  }

  /**
   * The memory of an array for reading: its own, or that of a copy where the array is not dense in
   * its order, not of 32-bit floats or on another device. A copy belongs to the scope or manager
   * that is the array's.
   */
  default Floats reading(NDArray array, Device device) {
    throw missing();
  }

  /**
   * An array's own memory for writing.
   *
   * @throws IllegalArgumentException when the array is not dense in its order, not of 32-bit floats
   *     or on another device
   */
  default Floats writing(NDArray array, Device device) {
    throw missing();
  }

  /**
   * Adds the gradient of a dense convolution in its weights to {@code sum}, as the engine computes
   * it.
   *
   * @param x [batch, channelsIn, height, width]
   * @param dy [batch, channelsOut, outputHeight, outputWidth]
   * @param sum [channelsOut, channelsIn / groups, kernelHeight, kernelWidth], contiguous
   */
  default void addConvolutionGradient(NDArray x, NDArray dy, ConvolutionShape shape, NDArray sum) {
    throw missing();
  }

  private static UnsupportedOperationException missing() {
    return new UnsupportedOperationException(
        "custom operations need coppice-engine-pytorch on the class path");
  }

  /** The engine's on the class path, or one that has DJL's collector and no custom operations. */
  static Autograd find() {
    return ServiceLoader.load(Autograd.class, Autograd.class.getClassLoader())
        .findFirst()
        .orElse(new Autograd() {});
  }
}
