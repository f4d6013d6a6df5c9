package io.coppice.framework.method.growth;

import ai.djl.ndarray.types.Shape;
import io.coppice.framework.recipe.Require;
import io.coppice.framework.recipe.Time;
import io.coppice.framework.recipe.Timeline;
import io.coppice.framework.sparsity.Mask;
import io.coppice.framework.sparsity.Saliency;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;

/**
 * When connections are replaced in one run, how many and by which.
 *
 * @param drop connections of the lowest score go
 * @param grow absent connections of the highest score come, or any where there is none
 * @param every steps between two rewirings; the first is after that many steps
 * @param until the step from which the topology stays
 * @param fraction of a layer's connections replaced, by the share of {@code until} that has passed
 */
record Rewiring(
    Saliency drop, Optional<Saliency> grow, long every, long until, DoubleUnaryOperator fraction) {

  static Rewiring of(
      Saliency drop,
      Optional<Saliency> grow,
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

  /** Whether this step needs the gradient of absent connections. */
  boolean looksAtAbsent(long step) {
    return grow.isPresent() && due(step);
  }

  /** How many of these connections are replaced at this step. */
  int count(long step, int connections) {
    return (int) (fraction.applyAsDouble((double) step / until) * connections);
  }

  /**
   * How absent connections of a layer come.
   *
   * @param promise the score of each place
   */
  Exchange.Growth growth(Shape shape, Function<Saliency, float[]> promise, Random random) {
    return (surviving, count) ->
        grow.map(
                saliency ->
                    Mask.at(shape, surviving)
                        .inverse()
                        .best(promise.apply(saliency), count)
                        .positions())
            .orElseGet(
                () -> AbsentPlaces.draw(Math.toIntExact(shape.size()), surviving, count, random));
  }
}
