package io.coppice.framework.measure;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.coppice.framework.network.Network;
import java.util.Arrays;
import java.util.Random;
import java.util.function.UnaryOperator;

/**
 * Timed passes of one example of random numbers, taken after a warm-up until 200 passes or half a
 * second are over.
 *
 * @param nanoseconds of each, sorted
 */
record Passes(long[] nanoseconds) {
  private static final int WARM_UP = 50;
  private static final int PASSES = 200;
  private static final int LEAST = 5;
  private static final long PATIENCE_NS = 500_000_000;

  /** Times the network, or another form of it, which maps [1, sample...] to logits. */
  static Passes of(Network network, UnaryOperator<NDArray> form) {
    float[] values = new float[Math.toIntExact(network.sample().size())];
    Random random = new Random(values.length);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray example = network.manager().create(values, new Shape(1).addAll(network.sample()));
      repeat(form, example, WARM_UP);
      long[] nanoseconds = repeat(form, example, PASSES);
      Arrays.sort(nanoseconds);
      return new Passes(nanoseconds);
    }
  }

  private static long[] repeat(UnaryOperator<NDArray> form, NDArray example, int passes) {
    long[] nanoseconds = new long[passes];
    long start = System.nanoTime();
    int done = 0;
    while (done < passes && (done < LEAST || System.nanoTime() - start < PATIENCE_NS)) {
      long before = System.nanoTime();
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        form.apply(example);
      }
      nanoseconds[done++] = System.nanoTime() - before;
    }
    return Arrays.copyOf(nanoseconds, done);
  }

  /** Microseconds of a pass, the median. */
  double median() {
    return quantile(nanoseconds, 0.5) / 1e3;
  }

  /** Microseconds between the quartiles. */
  double interquartileRange() {
    return (quantile(nanoseconds, 0.75) - quantile(nanoseconds, 0.25)) / 1e3;
  }

  /** The quantile of sorted values, interpolated between neighbours. */
  static double quantile(long[] sorted, double share) {
    double at = share * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }
}
