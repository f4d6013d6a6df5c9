package io.coppice.framework.method.pruning;

import ai.djl.ndarray.NDArray;
import io.coppice.framework.sparsity.Saliency;

/**
 * |w · ∂L/∂w|: how much the loss changes, to first order, without w; Molchanov et al. 2017, section
 * 2.2.
 */
public record Gradient() implements Saliency {

  @Override
  public NDArray score(NDArray weight, NDArray gradient) {
    return weight.mul(gradient).abs();
  }
}
