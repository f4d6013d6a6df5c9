package io.coppice.framework.method.growth;

import java.util.Random;
import java.util.TreeSet;

/** Draws free places of a matrix in time that follows the taken ones. */
final class AbsentPlaces {
  private AbsentPlaces() {}

  /**
   * Distinct free places, each set of them equally likely, ascending; by Floyd's sampling of their
   * ranks (Bentley and Floyd 1987).
   *
   * @param size of the matrix
   * @param taken places, ascending
   * @param count how many, at most the free ones
   */
  static int[] draw(int size, int[] taken, int count, Random random) {
    int free = size - taken.length;
    TreeSet<Integer> ranks = new TreeSet<>();
    for (int last = free - count; last < free; last++) {
      int rank = random.nextInt(last + 1);
      ranks.add(ranks.contains(rank) ? last : rank);
    }
    int[] places = new int[count];
    int before = 0;
    int drawn = 0;
    for (int rank : ranks) {
      while (before < taken.length && taken[before] <= rank + before) {
        before++;
      }
      places[drawn++] = rank + before;
    }
    return places;
  }
}
