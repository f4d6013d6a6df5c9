package io.coppice.framework.execution;

import java.util.Map;
import java.util.Optional;

/** What earlier timings found, so that a layer of the same kind need not be timed again. */
public interface Verdicts {

  /** The microseconds of each form for what the key describes. */
  Optional<Map<String, Double>> find(String key);

  /** Remembers the microseconds, in place of what the key had. */
  void store(String key, Map<String, Double> microseconds);

  /** Remembers nothing. */
  static Verdicts none() {
    return new Verdicts() {
      @Override
      public Optional<Map<String, Double>> find(String key) {
        return Optional.empty();
      }

      @Override
      public void store(String key, Map<String, Double> microseconds) {}
    };
  }
}
