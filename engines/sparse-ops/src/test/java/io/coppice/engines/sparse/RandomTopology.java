package io.coppice.engines.sparse;

import io.coppice.framework.ops.Layout;
import io.coppice.framework.ops.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Topologies whose entries are kept by chance. */
public final class RandomTopology {
  private RandomTopology() {}

  /** Each block is kept with that probability, as far as the layout allows. */
  public static Topology of(Layout layout, int rows, int columns, double density, Random random) {
    int blockRows = (rows - 1) / layout.blockRows() + 1;
    int blockColumns = (columns - 1) / layout.blockColumns() + 1;
    int[] starts = new int[blockRows + 1];
    List<Integer> indices = new ArrayList<>();
    for (int row = 0; row < blockRows; row++) {
      int[] perGroup = new int[blockColumns];
      for (int column = 0; column < blockColumns; column++) {
        boolean kept = random.nextDouble() < density;
        if (layout instanceof Layout.NOfM nOfM) {
          kept = kept && perGroup[column / nOfM.m()]++ < nOfM.n();
        }
        if (kept) {
          indices.add(column);
        }
      }
      starts[row + 1] = indices.size();
    }
    return new Topology(
        layout, rows, columns, starts, indices.stream().mapToInt(Integer::intValue).toArray());
  }
}
