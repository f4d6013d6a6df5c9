package io.coppice.framework.training;

import ai.djl.ndarray.NDArray;
import io.coppice.framework.network.Constant;

/** The task's loss. */
public final class Loss {
  private Loss() {}

  /**
   * Mean cross-entropy −Σ t·log softmax(logits) over the batch, a scalar.
   *
   * @param logits [batch, classes]
   * @param targets class probabilities, same shape
   */
  public static NDArray crossEntropy(NDArray logits, NDArray targets) {
    double batch = logits.getShape().get(0);
    return logits.logSoftmax(-1).mul(targets).sum().mul(Constant.of(logits, -1 / batch));
  }
}
