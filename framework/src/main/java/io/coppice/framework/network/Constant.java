package io.coppice.framework.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * A number as an operand inside a graph. DJL wraps the number of {@code array.mul(2f)}, {@code div}
 * or {@code pow} in Java memory that the garbage collector may free before the backward pass reads
 * it; a constant's memory is the engine's and lives as long as the graph.
 */
public final class Constant {
  private Constant() {}

  /** A scalar of 32 bits in the manager of {@code neighbour}. */
  public static NDArray of(NDArray neighbour, double value) {
    return neighbour.getManager().full(new Shape(), (float) value);
  }
}
