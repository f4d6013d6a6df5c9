package io.coppice.engines.sparse.cuda;

import static io.coppice.framework.ops.Precision.FLOAT32;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.coppice.framework.ops.Layout;
import io.coppice.framework.ops.Topology;
import org.junit.jupiter.api.Test;

/** The sizes of {@code cuda/README.md}, worked out by hand. */
class TilingTest {
  private static final int H200 = 132;

  private static BatchTiles tiles(int batch) {
    return BatchTiles.of(batch, true);
  }

  @Test
  void takesTheUsualTileWhereNothingCanBeCompiled() {
    assertEquals(new BatchTiles(9, 128), BatchTiles.of(9, false));
    assertEquals(128, BatchTiles.of(9, false).pitch());
    assertEquals(
        "[HEIGHT=1, WIDTH=4]",
        Kernels.index(new Tiling(9, 9, 1, 4), FLOAT32, false).defines() + "");
    assertEquals(
        "[HEIGHT=4, WIDTH=1]",
        Kernels.multiplying(new Tiling(9, 9, 4, 1), FLOAT32, 128, 16).defines() + "");
    assertEquals(
        "[HEIGHT=4, WIDTH=1, TILE=64, WARP_ROWS=8]",
        Kernels.multiplying(new Tiling(9, 9, 4, 1), FLOAT32, 64, 8).defines() + "");
  }

  @Test
  void fillsTheBatchUpToWholeTiles() {
    assertEquals(32, tiles(1).examples());
    assertEquals(32, tiles(32).examples());
    assertEquals(64, tiles(33).examples());
    assertEquals(128, tiles(100).examples());
    assertEquals(128, tiles(4096).examples());
    assertEquals(32, tiles(9).pitch());
    assertEquals(64, tiles(64).pitch());
    assertEquals(256, tiles(129).pitch());
  }

  @Test
  void cutsCompressedRows() {
    Tiling csr = new Tiling(300, 784, 1, 1);
    assertEquals(64, csr.tileColumns());
    assertEquals(13, csr.tiles());
    assertEquals(832, csr.filledColumns());
    assertEquals(300, csr.units());
    assertEquals(new Grid(1, 3, 1), csr.multiplying(tiles(64), 16));
    assertEquals(new Grid(1, 38, 1), csr.multiplying(tiles(64), 1));
    assertEquals(new Grid(1, 38, 1), csr.multiplyingFew(3));
    assertEquals(new Grid(2, 38, 1), csr.multiplyingFew(8));
    assertEquals(new Grid(4, 26, 1), csr.turning(tiles(128)));
    assertEquals(new Grid(13, 10, 2), csr.sampling(tiles(600), 512));
  }

  @Test
  void cutsBlocks() {
    Tiling blocks = new Tiling(70, 130, 33, 5);
    assertEquals(3, blocks.blockRows());
    assertEquals(60, blocks.tileColumns());
    assertEquals(3, blocks.tiles());
    assertEquals(180, blocks.filledColumns());
    assertEquals(9, blocks.units());
    assertEquals(new Grid(1, 2, 1), blocks.multiplying(tiles(10), 16));
    assertEquals(new Grid(1, 4, 1), blocks.multiplyingFew(4));
    assertEquals(new Tiling(130, 70, 5, 33), blocks.transposed());
  }

  @Test
  void cutsBlocksThatAreWiderThanATile() {
    Tiling wide = new Tiling(4, 201, 1, 100);
    assertEquals(64, wide.tileColumns());
    assertEquals(4, wide.tiles());
    assertEquals(300, wide.filledColumns());
  }

  @Test
  void takesAsManyRowsPerWarpAsKeepTheMultiprocessorsBusy() {
    Tiling large = new Tiling(4096, 4096, 1, 1);
    assertEquals(16, large.warpRows(tiles(4096), H200));
    assertEquals(1, large.warpRows(tiles(64), H200));
    assertEquals(2, large.warpRows(tiles(256), H200));
    assertEquals(1, new Tiling(300, 784, 1, 1).warpRows(tiles(64), H200));
    assertEquals(16, new Tiling(300, 784, 1, 1).warpRows(tiles(64), 1));
  }

  @Test
  void knowsItsTopology() {
    boolean[] mask = new boolean[5 * 7];
    mask[34] = true;
    assertEquals(
        new Tiling(5, 7, 2, 3), Tiling.of(Topology.of(new Layout.Blocks(2, 3), 5, 7, mask)));
    assertEquals(new Tiling(5, 7, 1, 1), Tiling.of(Topology.of(new Layout.NOfM(2, 4), 5, 7, mask)));
  }

  @Test
  void aGridThatNoGpuTakesIsRefused() {
    assertEquals(new Grid(4, 1, 1), Grid.covering(769));
    assertEquals(
        "a grid is 1 × 65536 × 1 blocks; allowed: 1 to 2147483647 × 65535 × 65535",
        assertThrows(IllegalArgumentException.class, () -> new Grid(1, 65_536, 1)).getMessage());
  }
}
