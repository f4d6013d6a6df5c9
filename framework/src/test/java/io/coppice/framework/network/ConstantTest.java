package io.coppice.framework.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConstantTest {

  @Test
  void outlivesAGarbageCollectionBetweenForwardAndBackward() throws InterruptedException {
    try (NDManager manager = NDManager.newBaseManager();
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray x = manager.ones(new Shape(4));
      x.setRequiresGradient(true);
      List<ByteBuffer> freshMemory = new ArrayList<>();
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        NDArray y = x.mul(Constant.of(x, 3)).div(Constant.of(x, 2)).sum();
        System.gc();
        Thread.sleep(50);
        for (int i = 0; i < 20_000; i++) {
          freshMemory.add(ByteBuffer.allocateDirect(4).putInt(0, 0x7fc00000));
        }
        collector.backward(y);
      }
      assertEquals(20_000, freshMemory.size());
      assertEquals(1.5f, x.getGradient().getFloat(2));
    }
  }
}
