package io.coppice.framework.sparsity;

import ai.djl.ndarray.NDArray;

/** Scores weights: the higher, the more a weight deserves to stay. A recipe is a record. */
@FunctionalInterface
public interface Saliency {

  /**
   * The scores of a layer's weights.
   *
   * @param weight W, [out, in] or [out, in, kernel...]
   * @param gradient the loss's gradient in W, same shape
   * @return the scores, same shape
   */
  NDArray score(NDArray weight, NDArray gradient);
}
