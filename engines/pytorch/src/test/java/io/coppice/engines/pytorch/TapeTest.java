package io.coppice.engines.pytorch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import io.coppice.framework.autograd.Autograd;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TapeTest {
  private final Autograd autograd = new PyTorchAutograd();
  private NDManager manager;

  @BeforeEach
  void start() {
    new PyTorchSupport().start();
    manager = NDManager.newBaseManager();
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void squaresADerivative() {
    NDArray x = manager.create(new float[] {1, -2, 3});
    x.setRequiresGradient(true);
    try (GradientCollector collector = autograd.gradientCollector()) {
      collector.backward(autograd.apply(new Square(), x).sum());
    }
    assertArrayEquals(new float[] {2, -4, 6}, x.getGradient().toFloatArray());
  }
}
