package io.coppice.framework.method.pruning;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;

class GradientTest {

  @Test
  void aLargeWeightWithoutGradientCountsLessThanASmallOneWithIt() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray weight = manager.create(new float[] {4, -2, 0.5f, 0}, new Shape(2, 2));
      NDArray gradient = manager.create(new float[] {0, 0.25f, -3, 9}, new Shape(2, 2));
      NDArray score = new Gradient().score(weight, gradient);
      assertArrayEquals(new float[] {0, 0.5f, 1.5f, 0}, score.toFloatArray());
      assertEquals("gradient", new Gradient().name());
    }
  }
}
