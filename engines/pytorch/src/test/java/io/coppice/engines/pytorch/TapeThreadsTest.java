package io.coppice.engines.pytorch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.coppice.framework.autograd.Autograd;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TapeThreadsTest {
  private final Autograd autograd = new PyTorchAutograd();
  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private NDManager manager;

  @BeforeEach
  void start() {
    new PyTorchSupport().start();
    manager = NDManager.newBaseManager();
  }

  @AfterEach
  void close() {
    threads.shutdown();
    manager.close();
  }

  @Test
  void twoThreadsTrainAtOnce() throws Exception {
    CyclicBarrier together = new CyclicBarrier(2);
    List<Future<float[]>> gradients = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      float start = i + 1;
      gradients.add(threads.submit(() -> train(start, together)));
    }
    for (int i = 0; i < 2; i++) {
      assertArrayEquals(alone(i + 1), gradients.get(i).get());
    }
  }

  private float[] alone(float start) throws Exception {
    return train(start, new CyclicBarrier(1));
  }

  /** Twenty steps whose collectors are all open at the same time as the other thread's. */
  private float[] train(float start, CyclicBarrier together) throws Exception {
    try (NDManager own = NDManager.newBaseManager()) {
      NDArray w = own.full(new Shape(4, 4), start / 8);
      w.setRequiresGradient(true);
      NDArray x = own.arange(12f).reshape(3, 4).div(12);
      for (int step = 0; step < 20; step++) {
        try (NDScope scope = new NDScope();
            GradientCollector collector = autograd.gradientCollector()) {
          scope.suppressNotUsedWarning();
          together.await();
          NDArray hidden = autograd.apply(new DenseProduct(), x, w).tanh();
          NDArray y = autograd.apply(new Square(), autograd.apply(new DenseProduct(), hidden, w));
          together.await();
          collector.backward(y.mean());
        }
      }
      return w.getGradient().toFloatArray();
    }
  }

  @Test
  void aCollectorServesTheThreadThatOpenedIt() throws Exception {
    NDArray x = manager.create(3f);
    x.setRequiresGradient(true);
    try (GradientCollector collector = autograd.gradientCollector()) {
      NDArray loss = autograd.apply(new Square(), x);
      String sentence =
          "a gradient collector serves only the thread that opened it, "
              + Thread.currentThread().getName();
      assertEquals(sentence, elsewhere(() -> collector.backward(loss)));
      assertEquals(sentence, elsewhere(collector::close));
      collector.backward(loss);
    }
    assertEquals(6, x.getGradient().getFloat());
  }

  private String elsewhere(Runnable call) {
    Callable<Object> task = Executors.callable(call);
    ExecutionException failure =
        assertThrows(ExecutionException.class, () -> threads.submit(task).get());
    return failure.getCause().getMessage();
  }
}
