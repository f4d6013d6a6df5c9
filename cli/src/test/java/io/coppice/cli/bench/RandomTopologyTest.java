package io.coppice.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coppice.framework.ops.Layout;
import io.coppice.framework.ops.Topology;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RandomTopologyTest {

  @ParameterizedTest
  @CsvSource({"1, 1, 0.9, 70", "4, 1, 0.5, 90", "16, 2, 0.25, 23", "1, 1, 0.0001, 700"})
  void keepsTheExactShare(int blockRows, int blockColumns, double sparsity, int entries) {
    Layout layout =
        blockRows * blockColumns == 1
            ? new Layout.Csr()
            : new Layout.Blocks(blockRows, blockColumns);
    assertEquals(entries, RandomTopology.of(layout, 35, 20, sparsity, 3).entries());
  }

  @Test
  void keepsNOfEveryM() {
    Topology topology = RandomTopology.of(new Layout.NOfM(2, 4), 5, 10, 0.5, 3);
    // two groups of four columns and one of two in each row
    assertEquals(5 * (2 + 2 + 2), topology.values());
    float[] ones = new float[topology.values()];
    Arrays.fill(ones, 1);
    assertTrue(new Layout.NOfM(2, 4).holds(5, 10, topology.scatter(ones)));
  }

  @Test
  void spreadsOverTheWholeMatrix() {
    int[] counts = new int[4];
    RandomTopology.of(new Layout.Csr(), 100, 100, 0.5, 1)
        .forEachValue((position, row, column) -> counts[row / 50 * 2 + column / 50]++);
    for (int count : counts) {
      assertEquals(1250, count, 150);
    }
  }

  @Test
  void theSeedDecides() {
    Layout csr = new Layout.Csr();
    assertEquals(RandomTopology.of(csr, 9, 9, 0.5, 1), RandomTopology.of(csr, 9, 9, 0.5, 1));
    assertNotEquals(RandomTopology.of(csr, 9, 9, 0.5, 1), RandomTopology.of(csr, 9, 9, 0.5, 2));
  }
}
