package io.coppice.framework.autograd;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * What an operation's gradient is computed from.
 *
 * @param inputs as they were applied
 * @param output of the forward pass
 * @param outputGradient of the output's shape, in any strides
 * @param wanted the inputs whose gradient is of use
 * @param sums where the gradient of each input is summed up, or null where it has no place yet
 */
public record BackwardPass(
    NDList inputs, NDArray output, NDArray outputGradient, BitSet wanted, List<NDArray> sums) {

  /** Whether the gradient of this input is of use; of others null will do. */
  public boolean wants(int input) {
    return wanted.get(input);
  }

  /**
   * Where the wanted gradient of this input may be added in place by an operation that then returns
   * null for it.
   */
  public Optional<NDArray> sum(int input) {
    return Optional.ofNullable(sums.get(input));
  }
}
