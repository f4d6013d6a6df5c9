package io.coppice.engines.sparse.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.coppice.framework.ops.ConvolutionShape;
import io.coppice.framework.ops.Floats;
import io.coppice.framework.ops.Forward;
import io.coppice.framework.ops.Layout.Csr;
import io.coppice.framework.ops.Precision;
import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.ops.Topology;
import io.coppice.framework.optimize.Sgd;
import io.coppice.framework.optimize.StepArguments;
import io.coppice.framework.recipe.RecipeException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sizes that kernels cannot count are refused before anything is launched. */
class LargeSizesTest {
  private static final int LARGEST = Integer.MAX_VALUE;

  private final KernelDevice device = new EmulatedDevice(1, true);
  private final CudaOps ops = new CudaOps(device, "emulated");

  private static void assertRefused(String sentence, Runnable call) {
    assertEquals(
        sentence + "; allowed: below 2^31 on a GPU",
        assertThrows(RecipeException.class, call::run).getMessage());
  }

  /** Of a length, at addresses where nothing lies. */
  private Floats claimed(long count, int part) {
    return new Floats((1L + part) << 40, count, device.device(), null);
  }

  private Runnable forward(Topology topology, int batch) {
    return () -> {
      Floats values = claimed(topology.values(), 0);
      Floats x = claimed((long) batch * topology.columns(), 1);
      Floats y = claimed((long) batch * topology.rows(), 2);
      try (SparseOps.Product product = ops.product(topology)) {
        product.forward(new Forward(values, x, batch, Floats.NONE, false, y));
      }
    };
  }

  private static Topology row(int columns) {
    return new Topology(new Csr(), 1, columns, new int[] {0, 1}, new int[] {0});
  }

  @Test
  void batches() {
    assertRefused("batch in whole tiles of 128 is 2147483648", forward(row(1), LARGEST));
  }

  @Test
  void features() {
    assertRefused("features in whole tiles and blocks is 2147483648", forward(row(LARGEST), 9));
  }

  @Test
  void batchesOfFeatures() {
    assertRefused("batch · features is 32 · 100000000", forward(row(100_000_000), 9));
  }

  @Test
  void tiles() {
    int rows = 3_000;
    Topology topology = new Topology(new Csr(), rows, 60_000_000, new int[rows + 1], new int[0]);
    try (DeviceIndex index = DeviceIndex.of(device, topology, Precision.FLOAT32)) {
      assertRefused("rows of blocks · tiles of columns is 3000 · 937501", index::cuts);
    }
  }

  @Test
  void images() {
    Spread spread = Spread.of(new ConvolutionShape(64, 300, 300, 3, 3, 1, 1, 1));
    assertRefused(
        "batch · channels · padded image is 400 · 64 · 302 · 302", () -> spread.numbers(400, 64));
    assertRefused(
        "batch · channels · padded image is 2147483647 · 2147483647 · 302 · 302",
        () -> spread.numbers(LARGEST, LARGEST));
  }

  @Test
  void optimisersSteps() {
    long count = 1L << 31;
    StepArguments step =
        new StepArguments(
            new Sgd(1, 0, false, 0),
            0.1,
            1,
            claimed(count, 0),
            claimed(count, 1),
            List.of(),
            Floats.NONE);
    assertRefused("number of parameters is 2147483648", () -> ops.steps().step(step));
  }

  @Test
  void copiesToTheHost() {
    assertRefused(
        "number of floats to read is 4294967296", () -> ops.memory().read(claimed(1L << 32, 0)));
  }
}
