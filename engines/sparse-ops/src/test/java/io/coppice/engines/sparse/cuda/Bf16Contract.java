package io.coppice.engines.sparse.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.coppice.engines.sparse.RandomTopology;
import io.coppice.framework.ops.FloatMemory;
import io.coppice.framework.ops.Floats;
import io.coppice.framework.ops.Layout.Blocks;
import io.coppice.framework.ops.Topology;
import io.coppice.framework.recipe.RecipeException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What bf16 blocks must do, whatever runs their kernels. */
abstract class Bf16Contract {
  /** Half a unit in the last of bf16's 8 digits. */
  private static final double ROUNDING = 1.0 / 256;

  /** The operations under test. */
  abstract CudaOps open();

  @Test
  void multipliesRoundedNumbers() {
    multiply(new Blocks(16, 16), 40, 50, 9, 0.4);
    multiply(new Blocks(32, 32), 300, 96, 130, 0.3);
    multiply(new Blocks(16, 32), 64, 64, 16, 0);
  }

  private void multiply(Blocks layout, int rows, int columns, int batch, double density) {
    CudaOps ops = open();
    FloatMemory memory = ops.memory();
    Random random = new Random(4);
    Topology topology = RandomTopology.of(layout, rows, columns, density, random);
    float[] w = new float[topology.values()];
    topology.forEachValue((position, row, column) -> w[position] = small(random));
    float[] x = new float[batch * columns];
    float[] b = new float[rows];
    for (int i = 0; i < x.length; i++) {
      x[i] = small(random);
    }
    for (int i = 0; i < rows; i++) {
      b[i] = small(random);
    }
    Floats y = memory.allocate((long) batch * rows);
    try (Bf16Blocks blocks = ops.bf16Blocks(topology, batch)) {
      blocks.set(memory.copyOf(w), memory.copyOf(x), memory.copyOf(b), y);
      blocks.forward(true);
      blocks.get(y);
    }
    double[] expected = new double[batch * rows];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = b[i % rows];
    }
    topology.forEachValue(
        (position, row, column) -> {
          for (int example = 0; example < batch; example++) {
            expected[example * rows + row] += (double) w[position] * x[example * columns + column];
          }
        });
    float[] actual = memory.read(y);
    for (int i = 0; i < expected.length; i++) {
      double right = Math.max(0, expected[i]);
      assertEquals(right, actual[i], ROUNDING * right, topology + ", place " + i);
    }
  }

  /** Exact in bf16: sixteenths below 4. */
  private static float small(Random random) {
    return (random.nextInt(128) - 64) / 16f;
  }

  @Test
  void refusesOtherLayouts() {
    Topology topology = RandomTopology.of(new Blocks(16, 1), 16, 16, 1, new Random(1));
    CudaOps ops = open();
    assertEquals(
        "layout is blocks 16×1; allowed: blocks whose sides are multiples of 16",
        assertThrows(RecipeException.class, () -> ops.bf16Blocks(topology, 1)).getMessage());
  }
}
