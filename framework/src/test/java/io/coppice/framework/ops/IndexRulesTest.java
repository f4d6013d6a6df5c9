package io.coppice.framework.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.coppice.framework.ops.Layout.Blocks;
import io.coppice.framework.ops.Layout.Csr;
import io.coppice.framework.ops.Layout.NOfM;
import io.coppice.framework.recipe.RecipeException;
import org.junit.jupiter.api.Test;

class IndexRulesTest {
  private static final Csr CSR = new Csr();

  private static void assertRefused(String sentence, Runnable call) {
    assertEquals(sentence, assertThrows(RecipeException.class, call::run).getMessage());
  }

  private static void assertIndexRefused(String sentence, int[] starts, int... indices) {
    assertRefused(sentence, () -> new Topology(CSR, 2, 4, starts, indices));
  }

  @Test
  void startsSayWhereRowsBegin() {
    assertIndexRefused("length of starts is 2; allowed: 3, block rows + 1", new int[] {0, 1}, 0);
    assertIndexRefused("starts[0] is 1; allowed: 0", new int[] {1, 1, 1}, 0);
    assertIndexRefused(
        "starts[2] is 1; allowed: at least starts[1], which is 2", new int[] {0, 2, 1}, 0);
    assertIndexRefused("starts[2] is 2; allowed: 1, the length of indices", new int[] {0, 1, 2}, 0);
    assertIndexRefused(
        "starts[2] is 1; allowed: 2, the length of indices", new int[] {0, 1, 1}, 0, 1);
    assertRefused(
        "length of starts is 3; allowed: 2, block rows + 1",
        () -> new Topology(new Blocks(2, 1), 2, 4, new int[] {0, 1, 1}, new int[] {0}));
  }

  @Test
  void indicesAscendWithinTheColumns() {
    int[] starts = {0, 1, 3};
    assertIndexRefused(
        "indices[2] of row 1 is 2; allowed: 3 to 3, ascending and within the columns",
        starts,
        0,
        2,
        2);
    assertIndexRefused(
        "indices[2] of row 1 is 1; allowed: 3 to 3, ascending and within the columns",
        starts,
        0,
        2,
        1);
    assertIndexRefused(
        "indices[2] of row 1 is 4; allowed: 2 to 3, ascending and within the columns",
        starts,
        0,
        1,
        4);
    assertIndexRefused(
        "indices[0] of row 0 is -1; allowed: 0 to 3, ascending and within the columns",
        starts,
        -1,
        1,
        2);
    assertIndexRefused(
        "indices[2] of row 1 is 3; allowed: none, as the row is full, ascending and within the"
            + " columns",
        starts,
        0,
        3,
        3);
    assertRefused(
        "indices[0] of row 0 is 2; allowed: 0 to 1, ascending and within the columns",
        () -> new Topology(new Blocks(1, 2), 1, 4, new int[] {0, 1}, new int[] {2}));
  }

  @Test
  void groupsHoldAtMostN() {
    float[] dense = {1, 1, 0, 0, 0, 1, 1, 1};
    assertRefused(
        "layout of row 0 with more than 2 values from column 4 is 2:4; allowed: a larger n, or"
            + " fewer values",
        () -> Topology.of(new NOfM(2, 4), 1, 8, dense));
    assertEquals(5, Topology.of(new NOfM(3, 4), 1, 8, dense).entries());
  }

  @Test
  void sizesFitIntoInts() {
    int[] none = {};
    assertRefused(
        "rows is 0; allowed: an integer of at least 1",
        () -> new Topology(CSR, 0, 4, new int[] {0}, none));
    assertRefused(
        "columns is 0; allowed: an integer of at least 1",
        () -> new Topology(CSR, 1, 0, new int[] {0, 0}, none));
    int most = Integer.MAX_VALUE;
    assertRefused(
        "rows, filled up to blocks, is 2 · 2000000000; allowed: a product below 2^31",
        () -> new Topology(new Blocks(2_000_000_000, 1), most, 1, new int[] {0, 0, 0}, none));
    assertRefused(
        "columns, filled up to blocks, is 2 · 2000000000; allowed: a product below 2^31",
        () -> new Topology(new Blocks(1, 2_000_000_000), 1, most, new int[] {0, 0}, none));
    assertRefused(
        "entries · values of an entry is 3 · 1000000000; allowed: a product below 2^31",
        () ->
            new Topology(
                new Blocks(1_000_000_000, 1), 1, 3, new int[] {0, 3}, new int[] {0, 1, 2}));
    assertRefused(
        "blockRows · blockColumns is 65536 · 32768; allowed: a product below 2^31",
        () -> new Blocks(65_536, 32_768));
    assertRefused(
        "rows · columns is 65536 · 65536; allowed: a product below 2^31",
        () -> Topology.of(CSR, 65_536, 65_536, new float[0]));
    Topology large = new Topology(CSR, 65_536, 65_536, new int[65_537], none);
    assertRefused(
        "rows · columns is 65536 · 65536; allowed: a product below 2^31",
        () -> large.scatter(new float[0]));
  }

  @Test
  void arraysAreAsLongAsTheMatrix() {
    Topology topology = Topology.of(CSR, 1, 3, new float[] {1, 0, 1});
    assertRefused(
        "length of dense is 4; allowed: 1 · 3", () -> Topology.of(CSR, 1, 3, new float[4]));
    assertRefused(
        "length of mask is 2; allowed: 1 · 3", () -> Topology.of(CSR, 1, 3, new boolean[2]));
    assertRefused("length of dense is 2; allowed: 1 · 3", () -> topology.gather(new float[2]));
    assertRefused("length of values is 3; allowed: 2", () -> topology.scatter(new float[3]));
    assertRefused(
        "length of values is 1; allowed: 2",
        () -> topology.moved(new int[0], new long[0]).carry(new float[1]));
  }

  @Test
  void movesNameWhatTheyMove() {
    Topology topology = Topology.of(CSR, 2, 2, new float[] {1, 0, 1, 1});
    assertRefused(
        "dropped[0] is 3; allowed: ascending, at least 0 and below 3",
        () -> topology.moved(new int[] {3}, new long[0]));
    assertRefused(
        "dropped[1] is 1; allowed: ascending, at least 2 and below 3",
        () -> topology.moved(new int[] {1, 1}, new long[0]));
    assertRefused(
        "grown[0] is 4; allowed: ascending, at least 0 and below 4",
        () -> topology.moved(new int[0], new long[] {4}));
    assertRefused(
        "grown[1] is 0; allowed: ascending, at least 2 and below 4",
        () -> topology.moved(new int[0], new long[] {1, 0}));
    assertRefused(
        "grown[0] is 2; allowed: a free place or that of a dropped entry",
        () -> topology.moved(new int[0], new long[] {2}));
    assertEquals(topology, topology.moved(new int[] {1}, new long[] {2}).to());
    Topology nOfM = Topology.of(new NOfM(1, 2), 1, 2, new float[] {1, 0});
    assertRefused(
        "layout of row 0 with more than 1 values from column 0 is 1:2; allowed: a larger n, or"
            + " fewer values",
        () -> nOfM.moved(new int[0], new long[] {1}));
  }
}
