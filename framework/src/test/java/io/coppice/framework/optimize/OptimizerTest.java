package io.coppice.framework.optimize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.coppice.framework.recipe.RecipeException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Two steps from w = 1 with gradients 0.5 and 1, followed by hand. */
class OptimizerTest {

  @Test
  void plainSgd() {
    assertPath(new Sgd(0.1, 0, false, 0), 1 - 0.05, 1 - 0.05 - 0.1);
  }

  @Test
  void momentum() {
    assertPath(new Sgd(0.1, 0.9, false, 0), 1 - 0.05, 0.95 - 0.1 * (0.9 * 0.5 + 1));
  }

  @Test
  void nesterovLooksAhead() {
    assertPath(
        new Sgd(0.1, 0.9, true, 0),
        1 - 0.1 * (0.5 + 0.9 * 0.5),
        1 - 0.095 - 0.1 * (1 + 0.9 * (0.9 * 0.5 + 1)));
  }

  @Test
  void weightDecayPullsToZero() {
    double first = 1 - 0.1 * (0.5 + 0.2);
    assertPath(new Sgd(0.1, 0, false, 0.2), first, first - 0.1 * (1 + 0.2 * first));
  }

  @Test
  void adamTakesItsFirstStepAtTheLearningRate() {
    double mean = 0.9 * 0.05 + 0.1;
    double square = 0.999 * 0.00025 + 0.001;
    double second = 0.1 * (mean / (1 - 0.81)) / Math.sqrt(square / (1 - 0.998001));
    assertPath(Adam.of(0.1), 0.9, 0.9 - second);
  }

  @Test
  void adamWDecaysBesideTheStep() {
    double mean = 0.9 * 0.05 + 0.1;
    double square = 0.999 * 0.00025 + 0.001;
    double step = 0.1 * (mean / (1 - 0.81)) / Math.sqrt(square / (1 - 0.998001));
    double first = 1 - 0.1 * 0.5 - 0.1;
    assertPath(new Adam(0.1, 0.9, 0.999, 1e-8, 0.5, true), first, first * (1 - 0.05) - step);
  }

  @Test
  void clippingKeepsTheDirection() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray a = manager.zeros(new Shape(2));
      NDArray b = manager.zeros(new Shape(1));
      try (Updates updates =
          new Updates(
              new Sgd(1, 0, false, 0),
              new java.util.TreeMap<>(java.util.Map.of("a", a, "b", b)),
              manager)) {
        updates.gradient("a").set(new float[] {3, 0});
        updates.gradient("b").set(new float[] {4});
        updates.clip(1);
        updates.step(1);
        assertArrayEquals(new float[] {-0.6f, 0}, a.toFloatArray(), 1e-6f);
        assertEquals(-0.8f, b.toFloatArray()[0], 1e-6f);
        assertArrayEquals(new float[2], updates.gradient("a").toFloatArray());
      }
    }
  }

  @Test
  void refusesWhatCannotLearn() {
    assertEquals(
        "learningRate is 0.0; allowed: a number above 0",
        assertThrows(RecipeException.class, () -> new Sgd(0, 0, false, 0)).getMessage());
    assertThrows(RecipeException.class, () -> new Sgd(0.1, 1, false, 0));
    assertThrows(RecipeException.class, () -> new Sgd(0.1, 0, true, 0));
    assertThrows(RecipeException.class, () -> Adam.of(Double.NaN));
  }

  private static void assertPath(Optimizer rule, double first, double second) {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray weight = manager.ones(new Shape(1));
      List<NDArray> memories = Stream.generate(weight::zerosLike).limit(rule.memories()).toList();
      rule.update(weight, manager.create(new float[] {0.5f}), memories, 0.1, 1);
      assertEquals(first, weight.toFloatArray()[0], 1e-6);
      rule.update(weight, manager.create(new float[] {1f}), memories, 0.1, 2);
      assertEquals(second, weight.toFloatArray()[0], 1e-6);
    }
  }
}
