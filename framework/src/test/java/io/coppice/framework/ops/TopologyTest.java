package io.coppice.framework.ops;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coppice.framework.ops.Layout.Blocks;
import io.coppice.framework.ops.Layout.Csr;
import io.coppice.framework.ops.Layout.NOfM;
import org.junit.jupiter.api.Test;

/** One matrix [3, 5] in every layout, by hand. */
class TopologyTest {
  private static final float[] DENSE = {
    0, 1, 0, 0, 2, //
    0, 0, 0, 0, 0, //
    3, 4, 0, 0, 5
  };

  @Test
  void compressesRows() {
    Topology csr = Topology.of(new Csr(), 3, 5, DENSE);
    assertArrayEquals(new int[] {0, 2, 2, 5}, csr.starts());
    assertArrayEquals(new int[] {1, 4, 0, 1, 4}, csr.indices());
    assertArrayEquals(new float[] {1, 2, 3, 4, 5}, csr.gather(DENSE));
    assertArrayEquals(DENSE, csr.scatter(new float[] {1, 2, 3, 4, 5}));
    assertEquals(5 / 15.0, csr.density(), 1e-15);
    assertEquals(5 * 4 + 5 * 2 + 4 * 4, csr.bytes());
    assertEquals("CSR [3, 5], 5 values, 33.3 %", csr.toString());
  }

  @Test
  void coversWithBlocksThatReachOverTheEdge() {
    Topology blocks = Topology.of(new Blocks(2, 2), 3, 5, DENSE);
    assertEquals(2, blocks.blockRows());
    assertEquals(3, blocks.blockColumns());
    assertArrayEquals(new int[] {0, 2, 4}, blocks.starts());
    assertArrayEquals(new int[] {0, 2, 0, 2}, blocks.indices());
    float[] values = {
      0, 0, 1, 0, // column 0 of rows 0 and 1, then column 1
      2, 0, 0, 0,
      3, 0, 4, 0,
      5, 0, 0, 0
    };
    assertArrayEquals(values, blocks.gather(DENSE));
    assertArrayEquals(DENSE, blocks.scatter(values));
    assertEquals((4 + 2 + 2 + 1) / 15.0, blocks.density(), 1e-15);
    assertEquals(16 * 4 + 4 * 2 + 3 * 4, blocks.bytes());
    assertEquals("blocks 2×2 [3, 5], 16 values, 60.0 %", blocks.toString());
  }

  @Test
  void forgetsWhatIsFilledUp() {
    Topology blocks = Topology.of(new Blocks(2, 2), 3, 5, DENSE);
    float[] values = blocks.gather(DENSE);
    values[6] = 9;
    values[9] = 9;
    values[15] = 9;
    float[] dense = DENSE.clone();
    dense[9] = 0;
    assertArrayEquals(dense, blocks.scatter(values));
  }

  @Test
  void standsColumnsOfRowsSideBySide() {
    Topology blocks = Topology.of(new Blocks(4, 1), 3, 5, DENSE);
    assertArrayEquals(new int[] {0, 3}, blocks.starts());
    assertArrayEquals(new int[] {0, 1, 4}, blocks.indices());
    assertArrayEquals(new float[] {0, 0, 3, 0, 1, 0, 4, 0, 2, 0, 5, 0}, blocks.gather(DENSE));
  }

  @Test
  void keepsNOfM() {
    Topology nOfM = Topology.of(new NOfM(2, 4), 3, 5, DENSE);
    assertArrayEquals(new int[] {0, 2, 2, 5}, nOfM.starts());
    assertArrayEquals(new int[] {1, 4, 0, 1, 4}, nOfM.indices());
    assertEquals("2:4 [3, 5], 5 values, 33.3 %", nOfM.toString());
  }

  @Test
  void tellsWhetherNOfMHolds() {
    assertTrue(new NOfM(2, 4).holds(3, 5, DENSE));
    assertTrue(new NOfM(2, 4).holds(1, 8, new float[] {0, 0, 1, 1, 1, 1, 0, 0}));
    assertFalse(new NOfM(2, 4).holds(1, 8, new float[] {0, 1, 1, 1, 0, 0, 0, 0}));
    assertFalse(new NOfM(1, 2).holds(3, 5, DENSE));
    assertTrue(new NOfM(1, 2).holds(2, 1, new float[] {1, 1}));
  }

  @Test
  void takesAMaskOfTruths() {
    boolean[] mask = new boolean[15];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = DENSE[i] != 0;
    }
    Topology topology = Topology.of(new Csr(), 3, 5, DENSE);
    assertEquals(topology, Topology.of(new Csr(), 3, 5, mask));
    assertEquals(topology.hashCode(), Topology.of(new Csr(), 3, 5, mask).hashCode());
    mask[2] = true;
    assertNotEquals(topology, Topology.of(new Csr(), 3, 5, mask));
    assertNotEquals(topology, Topology.of(new NOfM(2, 4), 3, 5, DENSE));
    assertNotEquals(topology, Topology.of(new Csr(), 5, 3, DENSE));
  }

  @Test
  void storesWideIndicesInFourBytes() {
    float[] row = new float[65_536];
    row[65_535] = 1;
    assertEquals(4 + 2 + 2 * 4, Topology.of(new Csr(), 1, row.length, row).bytes());
    float[] wide = new float[65_537];
    wide[65_536] = 1;
    assertEquals(4 + 4 + 2 * 4, Topology.of(new Csr(), 1, wide.length, wide).bytes());
    assertEquals(8 + 2 + 2 * 4, Topology.of(new Blocks(1, 2), 1, wide.length, wide).bytes());
  }

  @Test
  void dropsAndGrows() {
    Topology csr = Topology.of(new Csr(), 3, 5, DENSE);
    Topology.Move move = csr.moved(new int[] {0, 3}, new long[] {1, 7, 13});
    assertArrayEquals(new int[] {0, 2, 3, 6}, move.to().starts());
    assertArrayEquals(new int[] {1, 4, 2, 0, 3, 4}, move.to().indices());
    assertArrayEquals(new int[] {-1, 1, -1, 2, -1, 4}, move.sources());
    assertArrayEquals(new float[] {0, 2, 0, 3, 0, 5}, move.carry(new float[] {1, 2, 3, 4, 5}));
  }

  @Test
  void dropsAndGrowsBlocks() {
    Topology blocks = Topology.of(new Blocks(2, 2), 3, 5, DENSE);
    Topology.Move move = blocks.moved(new int[] {1, 2}, new long[] {1, 5 - 1});
    assertArrayEquals(new int[] {0, 2, 4}, move.to().starts());
    assertArrayEquals(new int[] {0, 1, 1, 2}, move.to().indices());
    assertArrayEquals(
        new float[] {
          0, 1, 0, 0, 0,
          0, 0, 0, 0, 0,
          0, 0, 0, 0, 5
        },
        move.to().scatter(move.carry(blocks.gather(DENSE))));
  }

  @Test
  void isAValue() {
    int[] starts = {0, 1};
    int[] indices = {2};
    Topology topology = new Topology(new Csr(), 1, 3, starts, indices);
    starts[1] = 7;
    indices[0] = 7;
    topology.indices()[0] = 7;
    topology.starts()[1] = 7;
    assertEquals(Topology.of(new Csr(), 1, 3, new float[] {0, 0, 1}), topology);
  }

  @Test
  void mayBeEmpty() {
    Topology empty = Topology.of(new Blocks(16, 1), 3, 2, new float[] {0, -0f, 0, 0, 0, 0});
    assertEquals(0, empty.entries());
    assertEquals(0, empty.density());
    assertArrayEquals(new float[6], empty.scatter(new float[0]));
    assertArrayEquals(new int[] {0, 0}, empty.starts());
  }
}
