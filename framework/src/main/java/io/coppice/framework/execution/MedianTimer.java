package io.coppice.framework.execution;

import io.coppice.framework.recipe.Require;
import io.coppice.framework.recipe.StoppedException;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The median of some rounds. Every pass is first run for a while, and at least three times, until
 * it is warm; a round then takes the passes in turn, so that a disturbance meets all of them, and
 * runs each once for the caches and then for a few milliseconds.
 */
public final class MedianTimer implements PassTimer {
  private static final int ROUNDS = 7;
  private static final int MILLISECONDS = 2;
  private static final int WARM_RUNS = 3;
  private static final int WARM_MILLISECONDS = 50;
  private static final long NS = 1_000_000;

  private final int rounds;
  private final long roundNs;
  private final long warmNs;
  private final LongSupplier clock;

  /** Seven rounds of 2 ms for each pass after 50 ms of warming up, by the machine's clock. */
  public MedianTimer() {
    this(ROUNDS, MILLISECONDS);
  }

  /** By the machine's clock, after 50 ms of warming up for each pass. */
  public MedianTimer(int rounds, int milliseconds) {
    this(rounds, milliseconds, WARM_MILLISECONDS);
  }

  /**
   * By the machine's clock.
   *
   * @param milliseconds of a pass in a round, about
   * @param warmMilliseconds of a pass before the first round, at least
   */
  public MedianTimer(int rounds, int milliseconds, int warmMilliseconds) {
    this(rounds, milliseconds, warmMilliseconds, System::nanoTime);
  }

  MedianTimer(int rounds, int milliseconds, int warmMilliseconds, LongSupplier nanoseconds) {
    this.rounds = Require.atLeast("rounds", rounds, 1);
    this.roundNs = NS * Require.atLeast("milliseconds", milliseconds, 1);
    this.warmNs = NS * Require.atLeast("warmMilliseconds", warmMilliseconds, 0);
    this.clock = nanoseconds;
  }

  /** Three rounds of 1 ms for each pass after 2 ms of warming up: rough, and soon over. */
  public static MedianTimer brief() {
    return new MedianTimer(3, 1, 2);
  }

  /**
   * {@inheritDoc}
   *
   * @throws StoppedException within a pass, or a round of it, of the thread's interrupt
   */
  @Override
  public double[] microseconds(List<Pass> passes) {
    long[] runs = passes.stream().mapToLong(this::warm).toArray();
    double[][] times = new double[passes.size()][rounds];
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < times.length; i++) {
        StoppedException.check("timing");
        passes.get(i).run();
        times[i][round] = nanoseconds(passes.get(i), runs[i]) / 1e3 / runs[i];
      }
    }
    return Arrays.stream(times).mapToDouble(MedianTimer::median).toArray();
  }

  /** Runs until warm; gives the runs that fit into a round. */
  private long warm(Pass pass) {
    long start = clock.getAsLong();
    long runs = 0;
    while (runs < WARM_RUNS || clock.getAsLong() - start < warmNs) {
      StoppedException.check("timing");
      pass.run();
      runs++;
    }
    long each = Math.max(1, (clock.getAsLong() - start) / runs);
    return Math.max(1, roundNs / each);
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
