package io.coppice.framework.autograd;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/**
 * An operation with a gradient of its own, whatever computes it: raw memory, native code, or the
 * engine's operations. {@link Autograd#apply} makes it part of a graph.
 *
 * <pre>{@code
 * class Square implements CustomOperation {
 *   public NDArray forward(NDList inputs) {
 *     return inputs.get(0).square();
 *   }
 *
 *   public NDList backward(BackwardPass pass) {
 *     NDArray two = pass.inputs().get(0).add(pass.inputs().get(0));
 *     return new NDList(pass.outputGradient().mul(two));
 *   }
 * }
 *
 * Autograd autograd = Autograd.find();
 * try (GradientCollector collector = autograd.gradientCollector()) {
 *   NDArray y = autograd.apply(new Square(), x);
 *   collector.backward(y.sum());
 * }
 * x.getGradient(); // 2x
 * }</pre>
 *
 * Both methods run outside the engine's graph and must leave what they are given as it is. One
 * object may be applied many times; what one application wants to remember for its backward pass
 * belongs into an object of its own.
 */
public interface CustomOperation {

  /**
   * Computes an array of its own, no view of an input.
   *
   * @param inputs as they were applied; their order is that of the gradients
   */
  NDArray forward(NDList inputs);

  /**
   * The gradient of each input, of its shape and type, or null where none is wanted, all of it is 0
   * or it has been added to {@link BackwardPass#sum}. Everything that it creates is closed when it
   * returns.
   */
  NDList backward(BackwardPass pass);
}
