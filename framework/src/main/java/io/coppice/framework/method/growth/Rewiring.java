package io.coppice.framework.method.growth;

import io.coppice.framework.recipe.Require;
import io.coppice.framework.recipe.Time;
import io.coppice.framework.recipe.Timeline;
import io.coppice.framework.sparsity.Saliency;
import java.util.function.DoubleUnaryOperator;

/**
 * When connections are replaced in one run, how many and by which.
 *
 * @param drop connections of the lowest score go
 * @param grow absent connections of the highest score come
 * @param every steps between two rewirings; the first is after that many steps
 * @param until the step from which the topology stays
 * @param fraction of a layer's connections replaced, by the share of {@code until} that has passed
 */
record Rewiring(
    Saliency drop, Saliency grow, long every, long until, DoubleUnaryOperator fraction) {

  static Rewiring of(
      Saliency drop,
      Saliency grow,
      Time every,
      Time until,
      Timeline timeline,
      DoubleUnaryOperator fraction) {
    long last = until.toStep(timeline);
    Require.that(
        last <= timeline.totalSteps(),
        "until",
        "step " + last,
        "at most the training's " + timeline.totalSteps() + " steps");
    long steps = every.toStep(timeline);
    Require.that(
        steps >= 1 && steps < last,
        "every",
        steps + " steps",
        "1 step or more and less than until, step " + last);
    return new Rewiring(drop, grow, steps, last, fraction);
  }

  boolean due(long step) {
    return step > 0 && step < until && step % every == 0;
  }

  /** How many of these connections are replaced at this step. */
  int count(long step, int connections) {
    return (int) (fraction.applyAsDouble((double) step / until) * connections);
  }
}
