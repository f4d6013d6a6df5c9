package io.coppice.framework.sparsity;

/**
 * Picks the best items that fit a budget: the higher score first, the lower index first among
 * equals. Linear in the number of items: a histogram of the scores' upper 16 bits finds where the
 * budget runs out, one of the lower 16 bits finds the exact score.
 */
final class Selection {
  private static final int HALF = 16;
  private static final int BINS = 1 << HALF;

  private Selection() {}

  /**
   * Marks the longest run of the ranking, best first, whose sizes sum to at most {@code budget}.
   *
   * @param eligible which items take part
   * @throws IllegalArgumentException when the score of an eligible item is not a number
   */
  static boolean[] fitting(float[] scores, boolean[] eligible, int[] sizes, long budget) {
    int[] keys = new int[scores.length];
    long[] upper = new long[BINS];
    for (int i = 0; i < keys.length; i++) {
      if (eligible[i]) {
        keys[i] = key(scores[i], i);
        upper[keys[i] >>> HALF] += sizes[i];
      }
    }
    long left = budget;
    int high = BINS - 1;
    while (high >= 0 && upper[high] <= left) {
      left -= upper[high--];
    }
    if (high < 0) {
      return eligible.clone();
    }
    long[] lower = new long[BINS];
    for (int i = 0; i < keys.length; i++) {
      if (eligible[i] && keys[i] >>> HALF == high) {
        lower[keys[i] & BINS - 1] += sizes[i];
      }
    }
    int low = BINS - 1;
    while (lower[low] <= left) {
      left -= lower[low--];
    }
    return above(high << HALF | low, left, keys, eligible, sizes);
  }

  /** Everything above the threshold, and of what equals it the first items that still fit. */
  private static boolean[] above(
      int threshold, long budget, int[] keys, boolean[] eligible, int[] sizes) {
    boolean[] chosen = new boolean[keys.length];
    long left = budget;
    for (int i = 0; i < keys.length; i++) {
      if (eligible[i]) {
        int order = Integer.compareUnsigned(keys[i], threshold);
        if (order == 0) {
          chosen[i] = sizes[i] <= left;
          left = chosen[i] ? left - sizes[i] : 0;
        } else {
          chosen[i] = order > 0;
        }
      }
    }
    return chosen;
  }

  /** A bit pattern whose unsigned order is the scores' order; 0 and -0 are equal. */
  private static int key(float score, int index) {
    if (Float.isNaN(score)) {
      throw new IllegalArgumentException("score " + index + " is not a number");
    }
    int bits = Float.floatToRawIntBits(score + 0f);
    return bits ^ (bits >> 31 | Integer.MIN_VALUE);
  }
}
