package io.coppice.framework.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.Random;
import java.util.function.UnaryOperator;

/** Whether another form of a network gives its outputs. */
public final class Agreement {
  private static final int EXAMPLES = 16;

  private Agreement() {}

  /**
   * Runs both on random examples and lets small differences pass.
   *
   * @param form names the other in the message, such as "compacted"
   * @param tolerance the largest difference, relative to the largest output
   * @param other maps [batch, sample...] to logits [batch, classes]
   * @throws IllegalStateException when the outputs differ by more
   */
  public static void require(
      Network network, String form, double tolerance, UnaryOperator<NDArray> other) {
    Shape shape = new Shape(EXAMPLES).addAll(network.sample());
    Random random = new Random(EXAMPLES);
    float[] values = new float[Math.toIntExact(shape.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray batch = network.manager().create(values, shape);
      NDArray expected = network.forward(batch, false);
      float error = expected.sub(other.apply(batch)).abs().max().getFloat();
      float scale = expected.abs().max().getFloat();
      if (!(error <= tolerance * scale)) {
        throw new IllegalStateException(
            "the %s network's outputs differ by %s where the original's reach %s: it was not returned"
                .formatted(form, error, scale));
      }
    }
  }
}
