package io.coppice.framework.method.growth;

import ai.djl.ndarray.NDArray;
import io.coppice.framework.sparsity.Saliency;

/** |g| of the dense gradient: how much an absent connection would help at once. */
public record GradientMagnitude() implements Saliency {

  @Override
  public NDArray score(NDArray weight, NDArray gradient) {
    return gradient.abs();
  }
}
