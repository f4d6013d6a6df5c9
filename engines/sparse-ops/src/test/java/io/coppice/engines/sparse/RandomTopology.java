package io.coppice.engines.sparse;

import io.coppice.framework.ops.Layout;
import io.coppice.framework.ops.Topology;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

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

  /** Where a move goes: a tenth is dropped and grown, and at every fourth the density changes. */
  static Topology after(int move, Topology topology, Random random) {
    return move % 4 == 3 ? another(topology, random) : exchanged(topology, random);
  }

  private static Topology another(Topology topology, Random random) {
    return of(
        topology.layout(), topology.rows(), topology.columns(), random.nextDouble() / 2, random);
  }

  /** About a tenth of the entries dropped, and as many places tried that may be grown. */
  private static Topology exchanged(Topology topology, Random random) {
    int[] starts = topology.starts();
    int[] indices = topology.indices();
    long width = topology.blockColumns();
    long[] taken =
        IntStream.range(0, topology.blockRows())
            .boxed()
            .flatMapToLong(
                row ->
                    IntStream.range(starts[row], starts[row + 1])
                        .mapToLong(entry -> row * width + indices[entry]))
            .toArray();
    int[] dropped =
        IntStream.range(0, taken.length).filter(entry -> random.nextInt(10) == 0).toArray();
    long[] grown =
        random
            .longs(dropped.length, 0, topology.blockRows() * width)
            .filter(place -> Arrays.binarySearch(taken, place) < 0)
            .sorted()
            .distinct()
            .toArray();
    return topology.moved(dropped, grown).to();
  }
}
