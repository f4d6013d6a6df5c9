package io.coppice.framework.run;

import io.coppice.framework.display.Displayable;
import io.coppice.framework.display.Wrapped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A study as far as it has come: what a notebook shows in place while it runs.
 *
 * @param runs in the order of the study's plans
 * @param spent since the study began
 * @param left an estimate; empty before the first epoch and after the last
 * @param warnings what the user should know, in order
 * @param stopped whether it ended before its last run did
 */
public record StudyState(
    String study,
    List<RunState> runs,
    Duration spent,
    Optional<Duration> left,
    List<String> warnings,
    boolean stopped)
    implements Displayable {

  public StudyState {
    runs = List.copyOf(runs);
    warnings = List.copyOf(warnings);
  }

  /** How many runs are over. */
  public int done() {
    return (int) runs.stream().filter(RunState::isOver).count();
  }

  /** The share of all epochs that is done, each run counting the same. */
  public double share() {
    return runs.stream().mapToDouble(RunState::share).average().orElse(0);
  }

  /** The run that is being trained. */
  public Optional<RunState> running() {
    return runs.stream().filter(run -> run.stage() == RunState.Stage.RUNNING).findFirst();
  }

  @Override
  public String toText(int width) {
    return new StudyStateView(this).toText(width);
  }

  @Override
  public String toHtml() {
    return new StudyStateView(this).toHtml();
  }

  @Override
  public String toString() {
    return toText(Wrapped.USUAL_WIDTH);
  }
}
