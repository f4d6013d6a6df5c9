package io.coppice.framework.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import io.coppice.framework.data.Examples;
import io.coppice.framework.data.TensorExamples;
import io.coppice.framework.network.EffectiveWeights;
import io.coppice.framework.network.Network;
import io.coppice.framework.network.models.CustomModel;
import io.coppice.framework.recipe.StoppedException;
import org.junit.jupiter.api.Test;

class EvaluationTest {
  private static final int CLASSES = 7;

  /** The examples are their own logits. */
  private static Evaluation of(float[][] logits, int... labels) {
    try (NDManager manager = NDManager.newBaseManager()) {
      CustomModel model =
          new CustomModel(
              "identity", () -> Linear.builder().setUnits(CLASSES).optBias(false).build());
      Network network = Network.initialise(model, new Shape(CLASSES), CLASSES, 1, manager);
      network.layers().get(0).weight().set(manager.eye(CLASSES).toFloatArray());
      float[] features = new float[logits.length * CLASSES];
      for (int i = 0; i < logits.length; i++) {
        System.arraycopy(logits[i], 0, features, i * CLASSES, CLASSES);
      }
      Examples examples = new Examples(features, labels, new Shape(CLASSES));
      return Evaluation.of(
          network, EffectiveWeights.IDENTITY, new TensorExamples(examples, CLASSES, 0, manager));
    }
  }

  @Test
  void countsFirstAndAmongFive() {
    float[] falling = {7, 6, 5, 4, 3, 2, 1};
    Evaluation evaluation = of(new float[][] {falling, falling, falling, falling}, 0, 4, 5, 6);
    assertEquals(0.25, evaluation.accuracy());
    assertEquals(0.5, evaluation.top5Accuracy());
  }

  @Test
  void theFirstOfEqualsComesFirst() {
    float[] equal = new float[CLASSES];
    Evaluation evaluation = of(new float[][] {equal, equal, equal}, 0, 4, 5);
    assertEquals(1 / 3.0, evaluation.accuracy());
    assertEquals(2 / 3.0, evaluation.top5Accuracy());
    assertEquals(Math.log(CLASSES), evaluation.loss(), 1e-6);
  }

  @Test
  void anInterruptStopsIt() {
    Thread.currentThread().interrupt();
    assertThrows(StoppedException.class, () -> of(new float[][] {new float[CLASSES]}, 0));
    assertTrue(Thread.interrupted());
  }

  @Test
  void notANumberIsNeverRight() {
    float[] broken = {Float.NaN, 0, 0, 0, 0, 0, 0};
    assertEquals(0, of(new float[][] {broken}, 0).accuracy());
    assertEquals(0, of(new float[][] {broken}, 1).top5Accuracy());
  }
}
