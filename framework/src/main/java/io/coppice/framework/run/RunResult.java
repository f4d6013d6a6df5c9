package io.coppice.framework.run;

import io.coppice.framework.training.EpochRow;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one run left behind.
 *
 * @param method the method's name in tables
 * @param run the hash of the run's plan, its folder in the store
 * @param collapse why the run ended without a result, or empty
 * @param metrics every column of the run's row that is a number, in order; empty after a collapse
 * @param words every column that is text, in order
 */
public record RunResult(
    String method,
    long seed,
    String run,
    Optional<String> collapse,
    Map<String, Double> metrics,
    Map<String, String> words,
    List<EpochRow> epochs) {

  /** A result without text columns. */
  public RunResult(
      String method,
      long seed,
      String run,
      Optional<String> collapse,
      Map<String, Double> metrics,
      List<EpochRow> epochs) {
    this(method, seed, run, collapse, metrics, Map.of(), epochs);
  }
}
