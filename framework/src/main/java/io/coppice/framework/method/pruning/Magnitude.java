package io.coppice.framework.method.pruning;

import ai.djl.ndarray.NDArray;
import io.coppice.framework.sparsity.Saliency;

/** |w|; Han et al. 2015. */
public record Magnitude() implements Saliency {

  @Override
  public NDArray score(NDArray weight, NDArray gradient) {
    return weight.abs();
  }
}
