package io.coppice.framework.ops;

import io.coppice.framework.recipe.RecipeException;
import java.util.Arrays;

/** Merges the entries that stay with those that are grown, both in ascending order. */
final class DropAndGrow {
  private final Topology from;
  private final int[] starts;
  private final int[] indices;
  private final int[] dropped;
  private final long[] grown;
  private final TopologyBuilder builder;
  private final int[] sources;
  private int nextDropped;
  private int nextGrown;

  DropAndGrow(Topology from, int[] starts, int[] indices, int[] dropped, long[] grown) {
    requireAscending("dropped", Arrays.stream(dropped).asLongStream().toArray(), indices.length);
    requireAscending("grown", grown, (long) from.blockRows() * from.blockColumns());
    this.from = from;
    this.starts = starts;
    this.indices = indices;
    this.dropped = dropped;
    this.grown = grown;
    this.sources = new int[indices.length - dropped.length + grown.length];
    this.builder = new TopologyBuilder(from.blockRows(), sources.length);
  }

  private static void requireAscending(String name, long[] numbers, long end) {
    long least = 0;
    for (int i = 0; i < numbers.length; i++) {
      if (numbers[i] < least || numbers[i] >= end) {
        throw RecipeException.of(
            name + "[" + i + "]", numbers[i], "ascending, at least " + least + " and below " + end);
      }
      least = numbers[i] + 1;
    }
  }

  Topology.Move move() {
    for (int row = 0; row < from.blockRows(); row++) {
      long rowStart = (long) row * from.blockColumns();
      for (int entry = starts[row]; entry < starts[row + 1]; entry++) {
        if (nextDropped < dropped.length && dropped[nextDropped] == entry) {
          nextDropped++;
        } else {
          long place = rowStart + indices[entry];
          growBefore(place, rowStart);
          requireFree(place);
          add(indices[entry], entry);
        }
      }
      growBefore(rowStart + from.blockColumns(), rowStart);
      builder.endRow();
    }
    Topology to = builder.build(from.layout(), from.rows(), from.columns());
    return new Topology.Move(from, to, sources);
  }

  private void growBefore(long end, long rowStart) {
    while (nextGrown < grown.length && grown[nextGrown] < end) {
      add((int) (grown[nextGrown++] - rowStart), -1);
    }
  }

  private void requireFree(long place) {
    if (nextGrown < grown.length && grown[nextGrown] == place) {
      throw RecipeException.of(
          "grown[" + nextGrown + "]", place, "a free place or that of a dropped entry");
    }
  }

  private void add(int index, int source) {
    sources[builder.entries()] = source;
    builder.add(index);
  }
}
