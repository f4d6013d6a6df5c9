package io.coppice.framework.optimize;

import ai.djl.ndarray.NDArray;
import java.util.List;

/** The recipe of an update rule: pure data. */
public sealed interface Optimizer permits Sgd, Adam {

  /** The learning rate that a schedule shapes over time. */
  double learningRate();

  /** How many memories of a parameter's own shape the rule keeps. */
  int memories();

  /**
   * Moves a parameter against its gradient, in place, and sets the gradient to 0.
   *
   * @param memories the rule's memories, zero at first, same shape as the parameter
   * @param step the number of this parameter's update, from 1
   */
  void update(
      NDArray parameter, NDArray gradient, List<NDArray> memories, double learningRate, long step);
}
