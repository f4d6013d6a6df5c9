package io.coppice.framework.method.gates;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.training.GradientCollector;
import java.util.function.Supplier;

/** Compares the engine's gradients with central differences. */
final class Gradients {
  private Gradients() {}

  /**
   * The gradient of a scalar in a leaf, checked at {@code probes} entries spread over it.
   *
   * @param tolerance relative to the larger of 1 and the slope
   */
  static void check(
      NDArray leaf, Supplier<NDArray> scalar, double step, double tolerance, int probes) {
    leaf.setRequiresGradient(true);
    float[] gradient;
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        collector.backward(scalar.get());
      }
      gradient = leaf.getGradient().toFloatArray();
      leaf.getGradient().muli(0);
    }
    float[] values = leaf.toFloatArray();
    int stride = Math.max(1, values.length / probes);
    for (int i = 0; i < values.length; i += stride) {
      double slope =
          (at(leaf, values, i, step, scalar) - at(leaf, values, i, -step, scalar)) / (2 * step);
      int entry = i;
      assertEquals(
          slope, gradient[i], tolerance * Math.max(1, Math.abs(slope)), () -> "entry " + entry);
    }
    leaf.set(values);
  }

  private static double at(
      NDArray leaf, float[] values, int i, double step, Supplier<NDArray> scalar) {
    float[] moved = values.clone();
    moved[i] += (float) step;
    leaf.set(moved);
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      return scalar.get().getFloat();
    }
  }
}
