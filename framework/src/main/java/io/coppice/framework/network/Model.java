package io.coppice.framework.network;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;

/** The recipe of an architecture: pure data, hashed into the run's name. */
public interface Model {

  /** The architecture's name in tables. */
  String name();

  /**
   * A fresh, uninitialised block that maps [batch, sample...] to [batch, classes].
   *
   * @param sample the shape of one example, without the batch
   */
  Block block(Shape sample, int classes);

  /** How the weights start; biases start at 0. */
  default Initialization initialization() {
    return Initialization.KAIMING_NORMAL;
  }
}
