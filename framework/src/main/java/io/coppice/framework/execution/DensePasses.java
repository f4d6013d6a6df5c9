package io.coppice.framework.execution;

/** The engine's way to run a layer densely, which a sparse form has to beat. */
@FunctionalInterface
public interface DensePasses {

  /** Readies y = x Wᵀ + b, or the convolution with its bias, for this many examples. */
  Pass ready(LayerWeights weights, int batch);
}
