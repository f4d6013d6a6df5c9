package io.coppice.framework.method.gates;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.coppice.framework.recipe.RecipeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HardConcreteTest {
  private final NDManager manager = NDManager.newBaseManager();
  private final HardConcrete gate = HardConcrete.standard();

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void finishedGateIsTheStretchedSigmoidClipped() {
    // sigmoid(1) = 0.7310586, times 1.2, minus 0.1; below log(1/11) = -2.398 exactly 0
    NDArray logAlpha = manager.create(new float[] {-3, 0, 1, 3});
    assertArrayEquals(
        new float[] {0, 0.5f, 0.7772703f, 1}, gate.deterministic(logAlpha).toFloatArray(), 1e-6f);
    assertEquals(0f, gate.deterministic(logAlpha).getFloat(0));
    assertEquals(1f, gate.deterministic(logAlpha).getFloat(3));
  }

  @Test
  void sampledGateAddsTheLogisticNoise() {
    // (0.4 + log(0.3/0.7)) / (2/3) = -0.6709468, its sigmoid 0.3382849, times 1.2, minus 0.1
    NDArray sample =
        gate.sample(manager.create(new float[] {0.4f}), manager.create(new float[] {0.3f}));
    assertEquals(0.3059418f, sample.getFloat(0), 1e-6f);
  }

  @Test
  void probabilityOfAnOpenGate() {
    // sigmoid(0.5 - 2/3 * log(0.1/1.1)) = sigmoid(2.0985969)
    assertEquals(0.8907667f, gate.open(manager.create(new float[] {0.5f})).getFloat(0), 1e-6f);
  }

  @Test
  void probabilityIsTheSamplesFrequency() {
    manager.getEngine().setRandomSeed(3);
    NDArray logAlpha = manager.full(new Shape(200_000), -1.5f);
    NDArray uniform =
        manager.randomUniform(1e-6f, 1 - 1e-6f, logAlpha.getShape(), DataType.FLOAT32);
    double open = gate.sample(logAlpha, uniform).neq(0).sum().getLong() / 200_000.0;
    assertEquals(gate.open(logAlpha).getFloat(0), open, 0.005);
  }

  @Test
  void gradientsReachLogAlpha() {
    NDArray logAlpha = manager.create(new float[] {-0.9f, -0.5f, 0.3f, 1.2f});
    NDArray uniform = manager.create(new float[] {0.6f, 0.4f, 0.5f, 0.3f});
    NDArray factor = manager.create(new float[] {1, -2, 3, -4});
    Gradients.check(
        logAlpha, () -> gate.sample(logAlpha, uniform).mul(factor).sum(), 1e-2, 2e-3, 4);
    Gradients.check(logAlpha, () -> gate.open(logAlpha).mul(factor).sum(), 1e-2, 2e-3, 4);
  }

  @Test
  void refusesAnIntervalThatNeverCloses() {
    assertThrows(RecipeException.class, () -> new HardConcrete(0.5, 0, 1.1));
    assertThrows(RecipeException.class, () -> new HardConcrete(0.5, -0.1, 1));
    assertThrows(RecipeException.class, () -> new HardConcrete(0, -0.1, 1.1));
  }
}
