package io.coppice.framework.optimize;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;

/** A parameter under an optimiser, with what moves along with it; all of one shape. */
public final class Slot {
  private final NDArray parameter;
  private final NDArray gradient;
  private final List<NDArray> memories;
  private NDArray mask;

  /**
   * @param gradient which backward passes add to and steps set to 0
   * @param memories the update rule's own, 0 at first
   */
  public Slot(NDArray parameter, NDArray gradient, List<NDArray> memories) {
    this.parameter = parameter;
    this.gradient = gradient;
    this.memories = List.copyOf(memories);
  }

  public NDArray parameter() {
    return parameter;
  }

  public NDArray gradient() {
    return gradient;
  }

  public List<NDArray> memories() {
    return memories;
  }

  /** Of 0 and 1, live: where it is 0, a step moves nothing. Empty where everything moves. */
  public Optional<NDArray> mask() {
    return Optional.ofNullable(mask);
  }

  /**
   * Lets later steps move nothing where this mask is 0; parameter and memories are 0 there. A
   * second mask beside it is for the coming step only.
   */
  void hold(NDArray zeros) {
    if (mask == null) {
      mask = zeros;
    } else if (mask != zeros) {
      gradient.muli(zeros);
    }
  }

  /** Lets later steps move everything again. */
  void release() {
    mask = null;
  }

  /** Zeroes the gradient under the mask, for a step that reads no mask. */
  public void maskGradient() {
    if (mask != null) {
      gradient.muli(mask);
    }
  }
}
