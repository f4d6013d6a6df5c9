package io.coppice.engines.sparse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coppice.framework.ops.Backward;
import io.coppice.framework.ops.Floats;
import io.coppice.framework.ops.Layout;
import io.coppice.framework.ops.Layout.Blocks;
import io.coppice.framework.ops.Layout.Csr;
import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.ops.Topology;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradients that are added to what is there. */
class CpuProductSumsTest {

  static List<Layout> layouts() {
    return List.of(new Csr(), new Blocks(4, 1), new Blocks(16, 1), new Blocks(3, 2));
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void areTheGradientsAndWhatWasThere(Layout layout) {
    for (Isa isa : NativeMachine.instructionSets()) {
      for (int batch : new int[] {1, 3, 64, 70}) {
        assertAdds(new CpuOps(isa), layout, batch);
      }
    }
  }

  private static void assertAdds(SparseOps ops, Layout layout, int batch) {
    Random random = new Random(5);
    Topology topology = RandomTopology.of(layout, 37, 90, 0.3, random);
    Floats values = Memory.normal(topology.values(), random);
    Floats x = Memory.normal(batch * 90, random);
    Floats dy = Memory.normal(batch * 37, random);
    Floats dvalues = Memory.unset(topology.values());
    Floats dbias = Memory.unset(37);
    Floats valueSums = Memory.normal(topology.values(), random);
    Floats biasSums = Memory.normal(37, random);
    float[] valuesBefore = valueSums.toArray();
    float[] biasBefore = biasSums.toArray();
    try (SparseOps.Product product = ops.product(topology)) {
      assertTrue(product.adds());
      product.backward(
          new Backward(values, x, Floats.NONE, dy, batch, Floats.NONE, dvalues, dbias));
      product.backward(
          new Backward(values, x, Floats.NONE, dy, batch, Floats.NONE, valueSums, biasSums, true));
    }
    assertSums(valuesBefore, dvalues.toArray(), valueSums.toArray());
    assertSums(biasBefore, dbias.toArray(), biasSums.toArray());
  }

  private static void assertSums(float[] before, float[] gradient, float[] sums) {
    for (int i = 0; i < sums.length; i++) {
      assertEquals(before[i] + gradient[i], sums[i], 1e-4, "number " + i);
    }
  }
}
