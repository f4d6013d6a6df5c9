package io.coppice.engines.sparse.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.coppice.engines.sparse.ProductCases;
import io.coppice.engines.sparse.ProductTrial;
import io.coppice.engines.sparse.RandomTopology;
import io.coppice.framework.ops.FloatMemory;
import io.coppice.framework.ops.Floats;
import io.coppice.framework.ops.Forward;
import io.coppice.framework.ops.Layout.Blocks;
import io.coppice.framework.ops.Layout.Csr;
import io.coppice.framework.ops.Layout.NOfM;
import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.ops.Topology;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a product on a GPU must do, whatever runs its kernels. */
abstract class ProductContract {
  private static final Floats NONE = Floats.NONE;

  private CudaOps ops;
  private FloatMemory memory;

  /** The operations under test. */
  abstract CudaOps open();

  @BeforeEach
  void start() {
    ops = open();
    memory = ops.memory();
  }

  @Test
  void multipliesByHand() {
    ProductCases.assertMultipliesByHand(ops, new Csr());
  }

  @Test
  void isItsDefinition() {
    ProductCases.assertDefinition(
        ops,
        List.of(new Csr(), new Blocks(4, 1), new Blocks(5, 4)),
        new int[][] {{1, 1}, {17, 33}, {40, 67}},
        new int[] {1, 6, 17});
  }

  @Test
  void isItsDefinitionInAllTiles() {
    Random random = new Random(5);
    for (int batch : new int[] {33, 65, 129}) {
      Topology topology = RandomTopology.of(new Csr(), 70, 130, 0.2, random);
      new ProductTrial(topology, batch, true, true, random).run(ops).assertRight();
    }
  }

  /** 600 examples are two chunks of the values' gradient. */
  @Test
  void addsTheChunksOfALargeBatch() {
    Random random = new Random(6);
    Topology topology = RandomTopology.of(new Csr(), 5, 9, 0.4, random);
    new ProductTrial(topology, 600, true, true, random).run(ops).assertRight();
  }

  @Tag("slow")
  @Test
  void isItsDefinitionInEveryLayout() {
    ProductCases.assertDefinition(
        ops,
        List.of(
            new Csr(),
            new Blocks(4, 1),
            new Blocks(16, 1),
            new Blocks(5, 4),
            new Blocks(33, 5),
            new Blocks(16, 16),
            new Blocks(2, 100),
            new NOfM(1, 2),
            new NOfM(2, 4)),
        new int[][] {{1, 1}, {9, 1}, {17, 33}, {70, 201}},
        new int[] {1, 8, 9, 130});
  }

  @Test
  void takesValuesFromAnyAddress() {
    Topology topology = Topology.of(new Blocks(4, 1), 4, 2, new float[] {1, 2, 3, 4, 5, 6, 7, 8});
    Floats all = memory.copyOf(0, 1, 3, 5, 7, 2, 4, 6, 8);
    Floats values = new Floats(all.address() + Float.BYTES, 8, ops.device(), all);
    Floats y = memory.allocate(36);
    float[] ones = new float[18];
    Arrays.fill(ones, 1);
    try (SparseOps.Product product = ops.product(topology)) {
      product.forward(new Forward(values, memory.copyOf(ones), 9, NONE, false, y));
    }
    float[] expected = new float[36];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = new float[] {3, 7, 11, 15}[i % 4];
    }
    assertArrayEquals(expected, memory.read(y));
  }

  @Test
  void leavesOutWhatIsNotWanted() {
    ProductCases.assertLeavesOutWhatIsNotWanted(ops);
  }

  @Test
  void refusesWhatLiesElsewhere() {
    Topology topology = Topology.of(new Csr(), 3, 3, new float[] {0, 2, 0, 0, 0, 0, 1, 0, -3});
    Floats three = memory.allocate(3);
    Floats onHost = Floats.allocate(3);
    try (SparseOps.Product product = ops.product(topology)) {
      assertEquals(
          "x is on cpu(); allowed: " + ops.device(),
          assertThrows(
                  IllegalArgumentException.class,
                  () -> product.forward(new Forward(three, onHost, 1, NONE, false, three)))
              .getMessage());
    }
  }
}
