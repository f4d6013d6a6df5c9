package io.coppice.engines.sparse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.coppice.framework.ops.Backward;
import io.coppice.framework.ops.FloatMemory;
import io.coppice.framework.ops.Floats;
import io.coppice.framework.ops.Forward;
import io.coppice.framework.ops.Layout;
import io.coppice.framework.ops.Layout.Blocks;
import io.coppice.framework.ops.Layout.Csr;
import io.coppice.framework.ops.Layout.NOfM;
import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.ops.Topology;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What the products of every native home are tried with. */
public final class ProductCases {
  /** One of each kind of kernel. */
  public static final List<Layout> LAYOUTS =
      List.of(
          new Csr(),
          new Blocks(4, 1),
          new Blocks(8, 1),
          new Blocks(16, 1),
          new Blocks(2, 3),
          new Blocks(5, 4),
          new NOfM(1, 2),
          new NOfM(2, 4));

  private static final float[] DENSE = {
    0, 2, 0, //
    0, 0, 0,
    1, 0, -3
  };

  private ProductCases() {}

  /** W = [[0 2 0] [0 0 0] [1 0 -3]], x = [[1 2 3] [4 5 6]], b = [1 -1 10]. */
  public static void assertMultipliesByHand(SparseOps ops, Layout layout) {
    FloatMemory memory = ops.memory();
    Topology topology = Topology.of(layout, 3, 3, DENSE);
    Floats values = memory.copyOf(topology.gather(DENSE));
    Floats x = memory.copyOf(1, 2, 3, 4, 5, 6);
    Floats dy = memory.copyOf(1, 10, 100, 2, 20, 200);
    Floats y = unset(memory, 6);
    Floats dx = unset(memory, 6);
    Floats dvalues = unset(memory, topology.values());
    Floats dbias = unset(memory, 3);
    try (SparseOps.Product product = ops.product(topology)) {
      product.forward(new Forward(values, x, 2, memory.copyOf(1, -1, 10), true, y));
      product.backward(new Backward(values, x, y, dy, 2, dx, dvalues, dbias));
    }
    assertArrayEquals(new float[] {5, 0, 2, 11, 0, 0}, memory.read(y));
    assertArrayEquals(new float[] {100, 2, -300, 0, 4, 0}, memory.read(dx));
    assertArrayEquals(new float[] {3, 0, 100}, memory.read(dbias));
    float[] dw = {9, 12, 15, 0, 0, 0, 100, 200, 300};
    assertArrayEquals(topology.gather(dw), memory.read(dvalues));
  }

  /** Trials of every layout, shape and batch size, with no, some and all weights kept. */
  public static void assertDefinition(
      SparseOps ops, List<Layout> layouts, int[][] shapes, int[] batches) {
    Random random = new Random(7);
    boolean odd = false;
    for (Layout layout : layouts) {
      for (int[] shape : shapes) {
        for (double density : new double[] {0, 0.2, 1}) {
          for (int batch : batches) {
            odd = !odd;
            Topology topology = RandomTopology.of(layout, shape[0], shape[1], density, random);
            new ProductTrial(topology, batch, odd, random.nextBoolean(), random)
                .run(ops)
                .assertRight();
          }
        }
      }
    }
  }

  /** A backward pass for the inputs alone, and one for the bias alone. */
  public static void assertLeavesOutWhatIsNotWanted(SparseOps ops) {
    FloatMemory memory = ops.memory();
    Topology topology = Topology.of(new Csr(), 3, 3, DENSE);
    Floats values = memory.copyOf(topology.gather(DENSE));
    Floats dy = memory.copyOf(1, 10, 100);
    Floats dx = unset(memory, 3);
    Floats dbias = unset(memory, 3);
    Floats none = Floats.NONE;
    try (SparseOps.Product product = ops.product(topology)) {
      product.backward(new Backward(values, none, none, dy, 1, dx, none, none));
      product.backward(new Backward(none, none, none, dy, 1, none, none, dbias));
    }
    assertArrayEquals(new float[] {100, 2, -300}, memory.read(dx));
    assertArrayEquals(new float[] {1, 10, 100}, memory.read(dbias));
  }

  /** Not numbers, as what must be overwritten. */
  private static Floats unset(FloatMemory memory, int count) {
    float[] numbers = new float[count];
    Arrays.fill(numbers, Float.NaN);
    return memory.copyOf(numbers);
  }
}
