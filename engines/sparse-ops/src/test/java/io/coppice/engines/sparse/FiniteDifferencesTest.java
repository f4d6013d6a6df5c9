package io.coppice.engines.sparse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.coppice.framework.ops.Backward;
import io.coppice.framework.ops.Floats;
import io.coppice.framework.ops.Forward;
import io.coppice.framework.ops.Layout;
import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.ops.Topology;
import java.nio.FloatBuffer;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.function.IntPredicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The gradients of Σ c·y against slopes of the forward product; no ReLU, so the slopes are exact.
 */
class FiniteDifferencesTest {
  private static final int ROWS = 21;
  private static final int COLUMNS = 19;
  private static final int BATCH = 5;

  static Layout[] layouts() {
    return new Layout[] {
      new Layout.Csr(), new Layout.Blocks(4, 1), new Layout.Blocks(16, 1), new Layout.Blocks(3, 2)
    };
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void areTheSlopes(Layout layout) {
    CpuOps ops = NativeMachine.best();
    Random random = new Random(3);
    Topology topology = RandomTopology.of(layout, ROWS, COLUMNS, 0.3, random);
    Floats values = Memory.of(topology.gather(Memory.normal(ROWS * COLUMNS, random).toArray()));
    Floats x = Memory.normal(BATCH * COLUMNS, random);
    Floats bias = Memory.normal(ROWS, random);
    Floats c = Memory.normal(BATCH * ROWS, random);
    Floats y = Memory.unset(BATCH * ROWS);
    Floats dx = Memory.unset(BATCH * COLUMNS);
    Floats dvalues = Memory.unset(topology.values());
    Floats dbias = Memory.unset(ROWS);
    try (SparseOps.Product product = ops.product(topology)) {
      product.backward(new Backward(values, x, Floats.NONE, c, BATCH, dx, dvalues, dbias));
      DoubleSupplier sum =
          () -> {
            product.forward(new Forward(values, x, BATCH, bias, false, y));
            double total = 0;
            for (int i = 0; i < BATCH * ROWS; i++) {
              total += (double) c.buffer().get(i) * y.buffer().get(i);
            }
            return total;
          };
      assertSlopes(sum, x, dx, index -> true);
      assertSlopes(sum, bias, dbias, index -> true);
      boolean[] inside = new boolean[topology.values()];
      topology.forEachValue((position, row, column) -> inside[position] = true);
      assertSlopes(sum, values, dvalues, index -> inside[index]);
    }
  }

  private static void assertSlopes(
      DoubleSupplier sum, Floats at, Floats gradient, IntPredicate inside) {
    FloatBuffer numbers = at.buffer();
    for (int i = 0; i < numbers.capacity(); i++) {
      if (!inside.test(i)) {
        continue;
      }
      float number = numbers.get(i);
      numbers.put(i, number + 1);
      double above = sum.getAsDouble();
      numbers.put(i, number - 1);
      double below = sum.getAsDouble();
      numbers.put(i, number);
      assertEquals((above - below) / 2, gradient.buffer().get(i), 1e-4);
    }
  }
}
