package io.coppice.engines.sparse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.coppice.framework.ops.Floats;
import io.coppice.framework.ops.Forward;
import io.coppice.framework.ops.Layout;
import io.coppice.framework.ops.Layout.Csr;
import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.ops.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Products on several threads, and several threads at one product. */
class CpuProductThreadsTest {
  static List<Isa> instructionSets() {
    return NativeMachine.instructionSets();
  }

  @ParameterizedTest
  @MethodSource("instructionSets")
  void givesTheSameBitsOnAnyNumberOfThreads(Isa isa) {
    int threads = SparseLibrary.coppice_threads();
    try {
      for (Layout layout : ProductCases.LAYOUTS) {
        for (int batch : new int[] {1, 5, 64, 70}) {
          assertSameBits(isa, RandomTopology.of(layout, 301, 260, 0.2, new Random(9)), batch);
        }
      }
      Topology far = RandomTopology.of(new Csr(), 1200, 1000, 0.9, new Random(9));
      for (int batch : new int[] {8, 16, 64}) {
        assertSameBits(isa, far, batch);
      }
    } finally {
      SparseLibrary.coppice_set_threads(threads);
    }
  }

  private static void assertSameBits(Isa isa, Topology topology, int batch) {
    SparseLibrary.coppice_set_threads(1);
    float[][] one = run(isa, topology, batch);
    for (int count : new int[] {2, 3, 8}) {
      SparseLibrary.coppice_set_threads(count);
      assertArrayEquals(one, run(isa, topology, batch));
    }
  }

  private static float[][] run(Isa isa, Topology topology, int batch) {
    Random random = new Random(9);
    return ProductTrial.rounding(topology, batch, random).run(new CpuOps(isa)).results();
  }

  @Test
  void threadsTakeTurns() throws Exception {
    Random random = new Random(3);
    Topology topology = RandomTopology.of(new Csr(), 300, 200, 0.3, random);
    Floats values = Memory.normal(topology.values(), random);
    List<Floats> inputs = new ArrayList<>();
    List<float[]> expected = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (SparseOps.Product product = NativeMachine.best().product(topology)) {
      for (int i = 0; i < 4; i++) {
        inputs.add(Memory.normal(33 * 200, random));
        expected.add(outputs(product, values, inputs.get(i)));
      }
      List<Callable<float[]>> calls = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        Floats x = inputs.get(i % 4);
        calls.add(() -> outputs(product, values, x));
      }
      List<Future<float[]>> results = threads.invokeAll(calls);
      for (int i = 0; i < results.size(); i++) {
        assertArrayEquals(expected.get(i % 4), results.get(i).get());
      }
    } finally {
      threads.shutdown();
    }
  }

  private static float[] outputs(SparseOps.Product product, Floats values, Floats x) {
    Floats y = Memory.unset(33 * product.topology().rows());
    product.forward(new Forward(values, x, 33, Floats.NONE, false, y));
    return y.toArray();
  }

  @Test
  void closesBetweenTheCallsOfAnotherThread() throws Exception {
    Random random = new Random(4);
    Topology topology = RandomTopology.of(new Csr(), 300, 200, 0.3, random);
    Floats values = Memory.normal(topology.values(), random);
    Floats x = Memory.normal(33 * 200, random);
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      for (int i = 0; i < 50; i++) {
        SparseOps.Product product = NativeMachine.best().product(topology);
        CountDownLatch begun = new CountDownLatch(1);
        Future<?> calls =
            other.submit(
                () -> {
                  while (true) {
                    outputs(product, values, x);
                    begun.countDown();
                  }
                });
        begun.await();
        product.close();
        Throwable end = assertThrows(ExecutionException.class, calls::get).getCause();
        assertEquals("the product of " + topology + " is closed", end.getMessage());
      }
    } finally {
      other.shutdown();
    }
  }
}
