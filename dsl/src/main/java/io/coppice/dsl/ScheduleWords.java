package io.coppice.dsl;

import io.coppice.framework.method.pruning.Pruner;
import io.coppice.framework.recipe.InWords;
import io.coppice.framework.recipe.Time;
import io.coppice.framework.sparsity.Schedule;

/** When to prune: the last words of a pruning sentence. */
public record ScheduleWords(PruningWords what, double keep) implements Begun {

  @Override
  public String said() {
    return what.said() + ", keep " + InWords.of(keep);
  }

  @Override
  public String missing() {
    return "oneShot(), gradually(...), periodically(...) or rounds(...)";
  }

  /** All at once, half-way through the training: train, prune, train again. */
  public Pruner oneShot() {
    return oneShot(Time.percent(50));
  }

  /** All at once at this moment. */
  public Pruner oneShot(Time at) {
    return by(new Schedule.OneShot(at));
  }

  /** Little by little: {@code gradually(cubic().from(epochs(2)).until(epochs(30)))}. */
  public Pruner gradually(Gradual course) {
    return by(course.schedule());
  }

  /** A fraction of what is left, from a moment on and ever again, until enough is gone. */
  public Pruner periodically(double fraction, Time from, Time every) {
    return by(new Schedule.Periodic(fraction, from, every));
  }

  /** So many rounds of training and of removing the same fraction of what is left. */
  public Pruner rounds(int rounds, Time every) {
    return by(new Schedule.Rounds(rounds, every));
  }

  private Pruner by(Schedule schedule) {
    return new Pruner(what.saliency(), what.granularity(), what.allocation(), schedule, keep);
  }
}
