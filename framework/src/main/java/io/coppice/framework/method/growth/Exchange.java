package io.coppice.framework.method.growth;

import ai.djl.ndarray.types.Shape;
import io.coppice.framework.sparsity.Mask;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Which of a layer's connections go and which come at one rewiring. One that is dropped and at once
 * grown again stays.
 *
 * @param present row-major places, ascending
 * @param dropped positions within {@code present}, ascending
 * @param grown places, ascending
 */
record Exchange(int[] present, int[] dropped, int[] grown) {

  /** Takes absent places for those that are dropped. */
  @FunctionalInterface
  interface Growth {
    /**
     * Free places, ascending.
     *
     * @param surviving the places that are taken, ascending
     */
    int[] choose(int[] surviving, int count);
  }

  /**
   * Drops the connections of the lowest worth, the higher place first among equals, and grows as
   * many.
   *
   * @param worth one for each present connection
   */
  static Exchange of(int[] present, float[] worth, int count, Growth growth) {
    int[] survivors =
        Mask.best(new Shape(present.length), worth, present.length - count).positions();
    int[] surviving = Arrays.stream(survivors).map(i -> present[i]).toArray();
    int[] grown = growth.choose(surviving, count);
    int[] dropped = new int[count];
    int drops = 0;
    int survivor = 0;
    for (int i = 0; i < present.length; i++) {
      if (survivor < survivors.length && survivors[survivor] == i) {
        survivor++;
      } else if (Arrays.binarySearch(grown, present[i]) < 0) {
        dropped[drops++] = i;
      }
    }
    int[] fresh =
        Arrays.stream(grown).filter(place -> Arrays.binarySearch(present, place) < 0).toArray();
    return new Exchange(present, Arrays.copyOf(dropped, drops), fresh);
  }

  /** The places of the connections after it, in no order. */
  int[] places() {
    int[] places = Arrays.copyOf(present, present.length + grown.length);
    System.arraycopy(grown, 0, places, present.length, grown.length);
    int[] gone = dropped;
    return IntStream.range(0, places.length)
        .filter(i -> Arrays.binarySearch(gone, i) < 0)
        .map(i -> places[i])
        .toArray();
  }
}
