package io.coppice.framework.method;

import ai.djl.ndarray.NDArray;
import io.coppice.framework.network.Layer;
import java.util.List;

/** One optimiser step as a sparsifier sees it. */
public interface Step {

  /** From 0 at the start of training. */
  long index();

  /** The learning rate of this step. */
  double learningRate();

  /** The loss's gradient in the layer's W, same shape; writing to it changes the step. */
  NDArray gradient(Layer layer);

  /** The optimiser's memories of the layer's W, such as momentum; same shape, writable. */
  List<NDArray> optimizerState(Layer layer);

  /**
   * From this step on, the optimiser moves nothing of the layer's W where the mask is 0.
   *
   * @param mask of 0 and 1 in W's shape, live; W and the memories are 0 where it is
   */
  void hold(Layer layer, NDArray mask);

  /** From this step on, the optimiser moves all of the layer's W again. */
  void release(Layer layer);
}
