package io.coppice.framework.run;

import io.coppice.framework.training.EpochRow;
import io.coppice.framework.training.Plan;
import java.util.List;

/** Who watches a study: a terminal, a notebook, a log. */
public interface Progress {

  /** A study begins; its runs follow in the order of its plans, but for what others are running. */
  default void begun(Study study) {}

  /**
   * Whether this one has somewhere to show a study that the current thread runs. Of those that
   * {@link java.util.ServiceLoader} finds, the first that has watches.
   */
  default boolean here() {
    return true;
  }

  /**
   * A run begins, or resumes.
   *
   * @param index counts the study's {@code runs} from 0
   * @param finished the epochs that an earlier session has trained, in order
   */
  default void started(Plan plan, int index, int runs, List<EpochRow> finished, int epochs) {}

  default void epoch(Plan plan, EpochRow row, int epochs) {}

  /** A run ended, or was found in the store. */
  default void finished(Plan plan, RunResult result, boolean stored) {}

  /** Something the user should know, such as a damaged file that was set aside. */
  default void warning(String message) {}
}
