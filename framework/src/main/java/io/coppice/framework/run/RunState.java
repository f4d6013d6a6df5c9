package io.coppice.framework.run;

import io.coppice.framework.training.EpochRow;
import java.util.List;

/**
 * One run of a study as far as it has come.
 *
 * @param epochs how many the run has, 0 before it begins
 * @param done how many of them are trained
 * @param rows one of each of these, those of earlier sessions too
 * @param end what came out, in a few words; empty before the end
 */
public record RunState(
    String method, long seed, Stage stage, int epochs, int done, List<EpochRow> rows, String end) {

  /** Where a run stands. */
  public enum Stage {
    WAITING,
    RUNNING,
    FINISHED,
    /** Finished before this study began. */
    STORED,
    COLLAPSED
  }

  public RunState {
    rows = List.copyOf(rows);
  }

  /** A run that has not begun. */
  public static RunState waiting(String method, long seed) {
    return new RunState(method, seed, Stage.WAITING, 0, 0, List.of(), "");
  }

  public boolean isOver() {
    return stage != Stage.WAITING && stage != Stage.RUNNING;
  }

  /** The share of its epochs that is done. */
  public double share() {
    return isOver() ? 1 : epochs == 0 ? 0 : (double) done / epochs;
  }
}
