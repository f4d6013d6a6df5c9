package io.coppice.framework.method.sharing;

import java.util.Arrays;

/** The density-diversity penalty's pull on the weights of one layer, in plain memory. */
final class Pull {
  private Pull() {}

  /**
   * The penalty's gradient over n: of Σ |w − w′| over unordered pairs, each weight's number of
   * smaller minus number of greater ones, found by sorting; of ‖W‖₂, w/‖W‖₂.
   */
  static double[] gradient(float[] weights) {
    int n = weights.length;
    long[] order = new long[n];
    double squares = 0;
    for (int i = 0; i < n; i++) {
      order[i] = (long) ascending(weights[i]) << 32 | i;
      squares += (double) weights[i] * weights[i];
    }
    Arrays.sort(order);
    double norm = Math.sqrt(squares);
    double[] gradient = new double[n];
    for (int start = 0; start < n; ) {
      float value = weights[(int) order[start]];
      int end = start + 1;
      while (end < n && weights[(int) order[end]] == value) {
        end++;
      }
      double density = norm > 0 ? value / norm : 0;
      double each = (start - (n - end) + density) / n;
      for (int i = start; i < end; i++) {
        gradient[(int) order[i]] = each;
      }
      start = end;
    }
    return gradient;
  }

  /** An integer that is greater for a greater value, and the same for −0 as for 0. */
  private static int ascending(float value) {
    int bits = Float.floatToIntBits(value + 0f);
    return bits ^ bits >> 31 & 0x7fffffff;
  }

  /**
   * Moves the weights by a step against the gradient; one that would cross 0 stops there. Then
   * rounds them to so many decimals and sets the most frequent value to 0.
   */
  static void apply(float[] weights, double step, int decimals) {
    double[] gradient = gradient(weights);
    double unit = Math.pow(10, decimals);
    for (int i = 0; i < weights.length; i++) {
      double moved = weights[i] - step * gradient[i];
      boolean crossed = moved * weights[i] < 0;
      weights[i] = crossed ? 0 : (float) (Math.rint(moved * unit) / unit) + 0f;
    }
    float mode = mode(weights);
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] == mode) {
        weights[i] = 0;
      }
    }
  }

  /** The most frequent value, the smallest of equally frequent ones. */
  static float mode(float[] weights) {
    float[] sorted = weights.clone();
    Arrays.sort(sorted);
    float mode = sorted[0];
    int longest = 0;
    int start = 0;
    for (int i = 1; i <= sorted.length; i++) {
      if (i == sorted.length || sorted[i] != sorted[start]) {
        if (i - start > longest) {
          longest = i - start;
          mode = sorted[start];
        }
        start = i;
      }
    }
    return mode;
  }
}
