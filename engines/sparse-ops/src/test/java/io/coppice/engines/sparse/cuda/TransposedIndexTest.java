package io.coppice.engines.sparse.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.coppice.framework.ops.ConvolutionShape;
import io.coppice.framework.ops.Layout;
import io.coppice.framework.ops.Topology;
import org.junit.jupiter.api.Test;

class TransposedIndexTest {

  /** Rows {1, 2}, {0}, {}, {0, 2}. */
  @Test
  void listsTheEntriesOfEachColumnByAscendingRow() {
    Topology topology =
        new Topology(new Layout.Csr(), 4, 4, new int[] {0, 2, 3, 3, 5}, new int[] {1, 2, 0, 0, 2});
    TransposedIndex index = TransposedIndex.of(topology);
    assertArrayEquals(new int[] {0, 2, 3, 5, 5}, index.starts());
    assertArrayEquals(new int[] {1, 3, 0, 0, 3}, index.indices());
    assertArrayEquals(new int[] {2, 3, 0, 1, 4}, index.sources());
  }

  /** 2 groups of 2 channels in and 1 out, 1×2 kernels: rows {0, 3}, {1, 2}. */
  @Test
  void listsTheWeightsOfEachChannelIn() {
    Topology topology =
        new Topology(new Layout.Csr(), 2, 4, new int[] {0, 2, 4}, new int[] {0, 3, 1, 2});
    ConvolutionShape shape = new ConvolutionShape(4, 3, 3, 1, 2, 1, 0, 2);
    ChannelIndex index = ChannelIndex.of(topology, shape);
    assertArrayEquals(new int[] {0, 1, 2, 3, 4}, index.starts());
    assertArrayEquals(new int[] {0, 1, 1, 0}, index.columns());
    assertArrayEquals(new int[] {0, 1, 2, 3}, index.sources());
  }

  /** Two channels out meet one channel in: the second's column lies a window further. */
  @Test
  void countsTheChannelsOutOfAGroup() {
    Topology topology =
        new Topology(new Layout.Csr(), 2, 2, new int[] {0, 1, 3}, new int[] {1, 0, 1});
    ConvolutionShape shape = new ConvolutionShape(1, 3, 3, 1, 2, 1, 0, 1);
    ChannelIndex index = ChannelIndex.of(topology, shape);
    assertArrayEquals(new int[] {0, 3}, index.starts());
    assertArrayEquals(new int[] {1, 2, 3}, index.columns());
  }
}
