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
    float[] sorted = weights.clone();
    Arrays.sort(sorted);
    double squares = 0;
    for (float weight : weights) {
      squares += (double) weight * weight;
    }
    double norm = Math.sqrt(squares);
    double[] gradient = new double[n];
    for (int i = 0; i < n; i++) {
      int smaller = first(sorted, weights[i]);
      int greater = n - last(sorted, weights[i]);
      double density = norm > 0 ? weights[i] / norm : 0;
      gradient[i] = (smaller - greater + density) / n;
    }
    return gradient;
  }

  /** How many of the sorted values are below this one. */
  private static int first(float[] sorted, float value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** How many of the sorted values are this one or below it. */
  private static int last(float[] sorted, float value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] <= value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
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
