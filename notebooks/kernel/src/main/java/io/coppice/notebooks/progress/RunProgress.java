package io.coppice.notebooks.progress;

import io.coppice.framework.training.EpochRow;
import java.util.List;

/**
 * How far one run of a study is.
 *
 * @param epochs how many it will have
 * @param rows those that this session has trained, in order
 * @param epoch the number of the last one trained, by whatever session
 * @param outcome what its end was, empty until then
 */
public record RunProgress(
    String method, long seed, int epochs, List<EpochRow> rows, int epoch, String outcome) {
  public RunProgress {
    rows = List.copyOf(rows);
  }

  /** Whether it has ended. */
  public boolean ended() {
    return !outcome.isEmpty();
  }

  /** How much of it is done, from 0 to 1. */
  public double share() {
    return ended() ? 1 : (double) epoch / Math.max(1, epochs);
  }
}
