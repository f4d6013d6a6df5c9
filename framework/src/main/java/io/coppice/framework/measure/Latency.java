package io.coppice.framework.measure;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.coppice.framework.network.Network;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/**
 * Microseconds of one forward pass of one example, executed densely by the engine with its current
 * threads: {@code latency_us}, the median, and {@code latency_iqr_us}, the distance between the
 * quartiles. Taken after a warm-up, on random numbers, until 200 passes or half a second are over.
 */
public record Latency() implements Measurement {
  private static final int WARM_UP = 50;
  private static final int PASSES = 200;
  private static final int LEAST = 5;
  private static final long PATIENCE_NS = 500_000_000;

  @Override
  public Map<String, Double> columns(Trained trained) {
    long[] nanoseconds = measure(trained.network());
    Arrays.sort(nanoseconds);
    Map<String, Double> columns = new LinkedHashMap<>();
    columns.put("latency_us", quantile(nanoseconds, 0.5) / 1e3);
    columns.put(
        "latency_iqr_us", (quantile(nanoseconds, 0.75) - quantile(nanoseconds, 0.25)) / 1e3);
    return columns;
  }

  private static long[] measure(Network network) {
    float[] values = new float[Math.toIntExact(network.sample().size())];
    Random random = new Random(values.length);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray example = network.manager().create(values, new Shape(1).addAll(network.sample()));
      repeat(network, example, WARM_UP);
      return repeat(network, example, PASSES);
    }
  }

  private static long[] repeat(Network network, NDArray example, int passes) {
    long[] nanoseconds = new long[passes];
    long start = System.nanoTime();
    int done = 0;
    while (done < passes && (done < LEAST || System.nanoTime() - start < PATIENCE_NS)) {
      long before = System.nanoTime();
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        network.forward(example, false);
      }
      nanoseconds[done++] = System.nanoTime() - before;
    }
    return Arrays.copyOf(nanoseconds, done);
  }

  /** The quantile of sorted values, interpolated between neighbours. */
  static double quantile(long[] sorted, double share) {
    double at = share * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }
}
