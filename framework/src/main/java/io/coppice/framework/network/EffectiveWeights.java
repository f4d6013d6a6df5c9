package io.coppice.framework.network;

import ai.djl.ndarray.NDArray;

/** Turns a layer's trainable weight W into the weight W̃ = f(W, θ) that the forward pass uses. */
@FunctionalInterface
public interface EffectiveWeights {
  EffectiveWeights IDENTITY = (layer, weight) -> weight;

  /** W̃ for {@code layer}, of the same shape as {@code weight}. */
  NDArray of(Layer layer, NDArray weight);
}
