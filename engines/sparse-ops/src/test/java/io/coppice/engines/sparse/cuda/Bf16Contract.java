package io.coppice.engines.sparse.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.coppice.engines.sparse.ProductTrial;
import io.coppice.engines.sparse.RandomTopology;
import io.coppice.framework.ops.Backward;
import io.coppice.framework.ops.FloatMemory;
import io.coppice.framework.ops.Floats;
import io.coppice.framework.ops.Forward;
import io.coppice.framework.ops.Layout;
import io.coppice.framework.ops.Layout.Blocks;
import io.coppice.framework.ops.Layout.Csr;
import io.coppice.framework.ops.Layout.NOfM;
import io.coppice.framework.ops.Precision;
import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.ops.Topology;
import io.coppice.framework.recipe.RecipeException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a product in bf16 on a GPU must do, whatever runs its kernels. */
abstract class Bf16Contract {
  private static final Floats NONE = Floats.NONE;

  private CudaOps ops;
  private FloatMemory memory;

  /** The operations under test, in float32. */
  abstract CudaOps open();

  @BeforeEach
  void start() {
    ops = open().in(Precision.BFLOAT16);
    memory = ops.memory();
  }

  @Test
  void blocksOnTensorCoresAreTheirDefinition() {
    trials(
        List.of(new Blocks(16, 16), new Blocks(32, 16)),
        new int[][] {{1, 1}, {17, 33}, {70, 131}},
        new int[] {1, 20});
  }

  @Test
  void groupsOnTensorCoresAreTheirDefinition() {
    trials(
        List.of(new NOfM(2, 4), new NOfM(1, 2)),
        new int[][] {{1, 1}, {17, 33}, {70, 131}},
        new int[] {1, 20});
  }

  @Test
  void otherLayoutsAreTheirDefinition() {
    trials(List.of(new Csr(), new Blocks(4, 1)), new int[][] {{17, 33}}, new int[] {1, 20});
  }

  /** More than a thread block's rows and examples, and all tiles. */
  @Tag("slow")
  @Test
  void manyRowsAndExamplesAreTheirDefinition() {
    trials(
        List.of(
            new Blocks(16, 16),
            new Blocks(32, 32),
            new Blocks(64, 64),
            new Blocks(48, 16),
            new NOfM(2, 4),
            new NOfM(2, 8)),
        new int[][] {{257, 139}},
        new int[] {8, 130});
  }

  private void trials(List<Layout> layouts, int[][] shapes, int[] batches) {
    Random random = new Random(7);
    boolean odd = false;
    for (Layout layout : layouts) {
      for (int[] shape : shapes) {
        for (double density : new double[] {0, 0.2, 1}) {
          for (int batch : batches) {
            odd = !odd;
            Topology topology = RandomTopology.of(layout, shape[0], shape[1], density, random);
            ProductTrial.inBf16(topology, batch, odd, random.nextBoolean(), random)
                .run(ops)
                .assertRight();
          }
        }
      }
    }
  }

  /** 1 + 2^-8 lies between 1 and 1 + 2^-7, of which the even one is 1. */
  @Test
  void roundsWhatIsMultipliedAndWhatComesOut() {
    float between = 1 + 1f / 256;
    for (Layout layout : List.of(new Csr(), new Blocks(16, 16), new NOfM(2, 4))) {
      Topology topology = Topology.of(layout, 1, 2, new float[] {1, 1});
      Floats values = memory.copyOf(topology.gather(new float[] {between, 3}));
      Floats y = memory.allocate(2);
      try (SparseOps.Product product = ops.product(topology)) {
        product.forward(new Forward(values, memory.copyOf(between, 0, 256, 1), 2, NONE, false, y));
      }
      assertArrayEquals(new float[] {1, 260}, memory.read(y), layout.toString());
    }
  }

  /** W = [[0 2 0] [0 0 0] [1 0 -3]] in each layout, x = [1 2 3], dy = [1 10 100]. */
  @Test
  void leavesOutWhatIsNotWanted() {
    float[] dense = {0, 2, 0, 0, 0, 0, 1, 0, -3};
    for (Layout layout : List.of(new Csr(), new Blocks(16, 16), new NOfM(2, 4))) {
      Topology topology = Topology.of(layout, 3, 3, dense);
      Floats values = memory.copyOf(topology.gather(dense));
      Floats dy = memory.copyOf(1, 10, 100);
      Floats dx = memory.allocate(3);
      Floats dbias = memory.allocate(3);
      Floats dvalues = memory.allocate(topology.values());
      try (SparseOps.Product product = ops.product(topology)) {
        product.backward(new Backward(values, NONE, NONE, dy, 1, dx, NONE, NONE));
        product.backward(new Backward(NONE, NONE, NONE, dy, 1, NONE, NONE, dbias));
        product.backward(
            new Backward(NONE, memory.copyOf(1, 2, 3), NONE, dy, 1, NONE, dvalues, NONE));
      }
      assertArrayEquals(new float[] {100, 2, -300}, memory.read(dx), layout.toString());
      assertArrayEquals(new float[] {1, 10, 100}, memory.read(dbias), layout.toString());
      float[] dw = topology.scatter(memory.read(dvalues));
      assertArrayEquals(
          new float[] {2, 100, 300}, new float[] {dw[1], dw[6], dw[8]}, layout.toString());
    }
  }

  @Test
  void saysItsPrecision() {
    assertEquals(Precision.BFLOAT16, ops.precision());
    assertEquals(open().name() + " in bfloat16", ops.name());
    assertEquals(open().name(), ops.in(Precision.FLOAT32).name());
  }

  @Test
  void refusesABatchBeyondItsIntegers() {
    Topology topology = RandomTopology.of(new Blocks(16, 16), 40, 50, 1, new Random(1));
    Floats values = memory.allocate(topology.values());
    int batch = 1 << 28;
    Floats x = new Floats(256, 50L * batch, ops.device(), null);
    Floats y = new Floats(1L << 50, 40L * batch, ops.device(), null);
    try (SparseOps.Product product = ops.product(topology)) {
      assertEquals(
          "batch · rows is 268435456 · 40; allowed: below 2^31 on a GPU",
          assertThrows(
                  RecipeException.class,
                  () -> product.forward(new Forward(values, x, batch, NONE, false, y)))
              .getMessage());
    }
  }
}
