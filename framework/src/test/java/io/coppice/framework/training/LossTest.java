package io.coppice.framework.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.coppice.framework.data.Examples;
import io.coppice.framework.data.TensorExamples;
import org.junit.jupiter.api.Test;

class LossTest {

  @Test
  void crossEntropyIsTheMeanOverTheBatch() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray logits = manager.create(new float[] {0, 0, (float) Math.log(3), 0}, new Shape(2, 2));
      NDArray targets = manager.create(new float[] {1, 0, 0, 1}, new Shape(2, 2));
      double expected = (Math.log(2) + Math.log(4)) / 2;
      assertEquals(expected, Loss.crossEntropy(logits, targets).getFloat(), 1e-6);
    }
  }

  @Test
  void smoothingSpreadsATargetsMass() {
    try (NDManager manager = NDManager.newBaseManager()) {
      Examples examples = new Examples(new float[] {1, 2}, new int[] {1, 0}, new Shape(1));
      TensorExamples part = new TensorExamples(examples, 4, 0.2, manager);
      NDArray targets = part.gather(new int[] {1, 0}, 0, 1, manager).targets();
      assertArrayEquals(new float[] {0.85f, 0.05f, 0.05f, 0.05f}, targets.toFloatArray(), 1e-6f);
    }
  }
}
