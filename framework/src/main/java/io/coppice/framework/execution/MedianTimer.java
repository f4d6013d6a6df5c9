package io.coppice.framework.execution;

import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The median of seven rounds. Every pass is first run for 50 ms, and at least three times, until it
 * is warm; a round then takes the passes in turn, so that a disturbance meets all of them, and runs
 * each once for the caches and then for about 2 ms.
 */
public final class MedianTimer implements PassTimer {
  private static final int ROUNDS = 7;
  private static final int WARM_RUNS = 3;
  private static final long WARM_NS = 50_000_000;
  private static final long ROUND_NS = 2_000_000;

  private final LongSupplier clock;

  /** By the machine's clock. */
  public MedianTimer() {
    this(System::nanoTime);
  }

  MedianTimer(LongSupplier nanoseconds) {
    this.clock = nanoseconds;
  }

  @Override
  public double[] microseconds(List<Pass> passes) {
    long[] runs = passes.stream().mapToLong(this::warm).toArray();
    double[][] rounds = new double[passes.size()][ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < rounds.length; i++) {
        passes.get(i).run();
        rounds[i][round] = nanoseconds(passes.get(i), runs[i]) / 1e3 / runs[i];
      }
    }
    return Arrays.stream(rounds).mapToDouble(MedianTimer::median).toArray();
  }

  /** Runs until warm; gives the runs that fit into a round. */
  private long warm(Pass pass) {
    long start = clock.getAsLong();
    long runs = 0;
    while (runs < WARM_RUNS || clock.getAsLong() - start < WARM_NS) {
      pass.run();
      runs++;
    }
    long each = Math.max(1, (clock.getAsLong() - start) / runs);
    return Math.max(1, ROUND_NS / each);
  }

  private long nanoseconds(Pass pass, long runs) {
    long start = clock.getAsLong();
    for (long run = 0; run < runs; run++) {
      pass.run();
    }
    return clock.getAsLong() - start;
  }

  private static double median(double[] numbers) {
    Arrays.sort(numbers);
    return numbers[numbers.length / 2];
  }
}
