package io.coppice.framework.ops;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class TopologyPropertiesTest {

  @Property
  void gathersWhatItScatters(
      @ForAll @IntRange(min = 1, max = 40) int rows,
      @ForAll @IntRange(min = 1, max = 40) int columns,
      @ForAll Random random) {
    Layout layout = RandomProducts.layout(random);
    float[] dense = RandomProducts.matrix(layout, rows, columns, random);
    Topology topology = Topology.of(layout, rows, columns, dense);
    float[] values = topology.gather(dense);
    assertEquals(topology.values(), values.length);
    assertArrayEquals(dense, topology.scatter(values));
  }

  @Property
  void isTheSmallestThatCovers(
      @ForAll @IntRange(min = 1, max = 40) int rows,
      @ForAll @IntRange(min = 1, max = 40) int columns,
      @ForAll Random random) {
    Layout layout = RandomProducts.layout(random);
    float[] dense = RandomProducts.matrix(layout, rows, columns, random);
    Topology topology = Topology.of(layout, rows, columns, dense);
    float[] values = topology.gather(dense);
    int size = layout.blockSize();
    for (int entry = 0; entry < topology.entries(); entry++) {
      float[] block = Arrays.copyOfRange(values, entry * size, (entry + 1) * size);
      assertTrue(IntStream.range(0, size).anyMatch(i -> block[i] != 0));
    }
    float[] ones = topology.scatter(filled(topology.values()));
    assertEquals(
        IntStream.range(0, ones.length).filter(i -> ones[i] != 0).count(),
        Math.round(topology.density() * ones.length));
    assertEquals(topology, Topology.of(layout, rows, columns, ones));
  }

  private static float[] filled(int length) {
    float[] ones = new float[length];
    Arrays.fill(ones, 1);
    return ones;
  }

  /** Every tried move is one of CSR or blocks, as those may grow anywhere. */
  @Property
  void movesAsIfRebuilt(
      @ForAll @IntRange(min = 1, max = 40) int rows,
      @ForAll @IntRange(min = 1, max = 40) int columns,
      @ForAll @IntRange(min = 1, max = 4) int blockRows,
      @ForAll @IntRange(min = 1, max = 4) int blockColumns,
      @ForAll Random random) {
    Layout layout =
        blockRows * blockColumns == 1
            ? new Layout.Csr()
            : new Layout.Blocks(blockRows, blockColumns);
    float[] dense = RandomProducts.matrix(layout, rows, columns, random);
    Topology topology = Topology.of(layout, rows, columns, dense);
    float[] values = topology.gather(dense);

    int size = layout.blockSize();
    int[] dropped = some(topology.entries(), random);
    float[] staying = values.clone();
    for (int entry : dropped) {
      Arrays.fill(staying, entry * size, (entry + 1) * size, 0);
    }
    boolean[] taken = new boolean[topology.blockRows() * topology.blockColumns()];
    float[] stay = topology.scatter(staying);
    float[] expectedMask = stay.clone();
    for (int i = 0; i < stay.length; i++) {
      taken[place(topology, i)] |= stay[i] != 0;
    }
    long[] grown =
        LongStream.range(0, taken.length)
            .filter(i -> !taken[(int) i] && random.nextInt(3) == 0)
            .toArray();
    for (int i = 0; i < expectedMask.length; i++) {
      if (Arrays.binarySearch(grown, place(topology, i)) >= 0) {
        expectedMask[i] = 1;
      }
    }

    Topology.Move move = topology.moved(dropped, grown);
    assertEquals(Topology.of(layout, rows, columns, expectedMask), move.to());
    assertArrayEquals(stay, move.to().scatter(move.carry(values)));
    assertEquals(topology, move.from());
  }

  private static int place(Topology topology, int position) {
    int row = position / topology.columns() / topology.layout().blockRows();
    int column = position % topology.columns() / topology.layout().blockColumns();
    return row * topology.blockColumns() + column;
  }

  private static int[] some(int end, Random random) {
    return IntStream.range(0, end).filter(i -> random.nextInt(3) == 0).toArray();
  }
}
