package io.coppice.framework.sparsity;

import ai.djl.ndarray.types.Shape;

/**
 * A layer as far as sharing out weights is concerned.
 *
 * @param shape of the weight, [out, in] or [out, in, kernel...]
 */
public record LayerShape(String name, Shape shape) {

  /** The number of weights. */
  public long size() {
    return shape.size();
  }
}
