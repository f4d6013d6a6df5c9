package io.coppice.framework.results;

import io.coppice.framework.network.Network;
import io.coppice.framework.run.RunResult;
import io.coppice.framework.training.EpochRow;
import java.util.Comparator;
import java.util.function.Function;

/**
 * The run of a method that did best on the validation part, which is what may choose; the test part
 * may not.
 */
public final class BestRun {
  private final RunResult result;
  private final Function<RunResult, Network> open;

  BestRun(RunResult result, Function<RunResult, Network> open) {
    this.result = result;
    this.open = open;
  }

  public RunResult result() {
    return result;
  }

  /** The accuracy on the validation part, a fraction, at the epoch that validation chose. */
  public double validationAccuracy() {
    return validationAccuracy(result);
  }

  /** The trained network, read from the store each time; the caller closes it. */
  public Network network() {
    return open.apply(result);
  }

  static double validationAccuracy(RunResult run) {
    double chosen = run.metrics().getOrDefault(Column.CHOSEN_EPOCH.metric(), Double.NaN);
    return run.epochs().stream()
        .filter(row -> Double.isNaN(chosen) ? row.settled() : row.epoch() == (long) chosen)
        .map(EpochRow::validationAccuracy)
        .max(Comparator.naturalOrder())
        .orElse(Double.NEGATIVE_INFINITY);
  }
}
