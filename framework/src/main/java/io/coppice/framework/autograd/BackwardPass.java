package io.coppice.framework.autograd;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.BitSet;

/**
 * What an operation's gradient is computed from.
 *
 * @param inputs as they were applied
 * @param output of the forward pass
 * @param outputGradient of the output's shape, in any strides
 * @param wanted the inputs whose gradient is of use
 */
public record BackwardPass(NDList inputs, NDArray output, NDArray outputGradient, BitSet wanted) {

  /** Whether the gradient of this input is of use; of others null will do. */
  public boolean wants(int input) {
    return wanted.get(input);
  }
}
