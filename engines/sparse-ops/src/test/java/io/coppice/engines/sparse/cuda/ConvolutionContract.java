package io.coppice.engines.sparse.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.coppice.engines.sparse.ProductTrial;
import io.coppice.engines.sparse.RandomTopology;
import io.coppice.framework.ops.Backward;
import io.coppice.framework.ops.ConvolutionShape;
import io.coppice.framework.ops.FloatMemory;
import io.coppice.framework.ops.Floats;
import io.coppice.framework.ops.Forward;
import io.coppice.framework.ops.Layout;
import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.ops.Topology;
import io.coppice.framework.recipe.RecipeException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a convolution on a GPU must do, whatever runs its kernels. */
abstract class ConvolutionContract {
  private static final List<ConvolutionShape> SHAPES =
      List.of(
          new ConvolutionShape(1, 1, 1, 1, 1, 1, 0, 1),
          new ConvolutionShape(3, 6, 5, 3, 3, 1, 1, 1),
          new ConvolutionShape(4, 7, 8, 3, 2, 2, 0, 2),
          new ConvolutionShape(4, 9, 9, 5, 5, 3, 2, 4),
          new ConvolutionShape(2, 5, 6, 1, 1, 2, 1, 1),
          new ConvolutionShape(6, 4, 4, 2, 2, 1, 3, 3));

  private SparseOps ops;

  /** The operations under test. */
  abstract SparseOps open();

  /** Held against the definition in the precision of the operations. */
  ProductTrial trial(
      Topology topology,
      ConvolutionShape shape,
      int batch,
      boolean hasBias,
      boolean relu,
      Random random) {
    return new ProductTrial(topology, shape, batch, hasBias, relu, random);
  }

  @BeforeEach
  void start() {
    ops = open();
  }

  /** One channel [[1 2] [3 4]] padded by 1, stride 2, kernel rows {0 2, 0 5}. */
  @Test
  void convolvesByHand() {
    ConvolutionShape shape = new ConvolutionShape(1, 2, 2, 2, 2, 2, 1, 1);
    Topology topology = Topology.of(new Layout.Csr(), 1, 4, new float[] {0, 2, 0, 5});
    FloatMemory memory = ops.memory();
    Floats y = memory.allocate(4);
    Floats dx = memory.allocate(4);
    Floats values = memory.copyOf(2, 5);
    try (SparseOps.Convolution convolution = ops.convolution(topology, shape)) {
      convolution.forward(
          new Forward(values, memory.copyOf(1, 2, 3, 4), 1, memory.copyOf(1), false, y));
      convolution.backward(
          new Backward(
              values,
              Floats.NONE,
              Floats.NONE,
              memory.copyOf(1, 10, 100, 1000),
              1,
              dx,
              Floats.NONE,
              Floats.NONE));
    }
    assertArrayEquals(new float[] {6, 1, 7, 1}, memory.read(y));
    assertArrayEquals(new float[] {5, 0, 200, 0}, memory.read(dx));
  }

  @Test
  void isItsDefinition() {
    Random random = new Random(3);
    boolean relu = false;
    for (ConvolutionShape shape : SHAPES) {
      for (double density : new double[] {0, 0.4, 1}) {
        for (int batch : new int[] {1, 3}) {
          relu = !relu;
          Layout layout = relu ? new Layout.Csr() : new Layout.NOfM(2, 4);
          Topology topology =
              RandomTopology.of(layout, 2 * shape.groups(), shape.columns(), density, random);
          trial(topology, shape, batch, !relu || density > 0, relu, random).run(ops).assertRight();
        }
      }
    }
  }

  @Test
  void refusesBlocks() {
    ConvolutionShape shape = new ConvolutionShape(1, 2, 2, 2, 2, 1, 0, 1);
    Topology blocks = Topology.of(new Layout.Blocks(1, 2), 1, 4, new float[] {1, 1, 0, 0});
    assertEquals(
        "layout of a convolution on a GPU is blocks 1×2; allowed: CSR or N:M",
        assertThrows(RecipeException.class, () -> ops.convolution(blocks, shape)).getMessage());
  }
}
