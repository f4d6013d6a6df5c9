package io.coppice.framework.method.pruning;

import ai.djl.ndarray.NDArray;
import io.coppice.framework.sparsity.Saliency;

/** U(0, 1) whatever the weight: the baseline of every saliency. */
public record Random() implements Saliency {

  @Override
  public NDArray score(NDArray weight, NDArray gradient) {
    return weight.getManager().randomUniform(0, 1, weight.getShape());
  }
}
