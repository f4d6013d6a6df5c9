package io.coppice.framework.network.models;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;

/** Gives every example of a batch the shape that a model's first layer reads. */
final class Reshape {
  private Reshape() {}

  /** A block from [batch, any...] to [batch, example...] without a copy. */
  static Block to(Shape example) {
    Shape batch = new Shape(-1).addAll(example);
    return LambdaBlock.singleton(array -> array.reshape(batch), "reshape");
  }
}
