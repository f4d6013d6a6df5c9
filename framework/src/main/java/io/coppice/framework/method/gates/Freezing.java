package io.coppice.framework.method.gates;

import io.coppice.framework.recipe.Require;
import io.coppice.framework.recipe.Time;
import io.coppice.framework.recipe.Timeline;

/**
 * The last epochs, in which gates stand still and only W is trained.
 *
 * @param from the index of the first such epoch; the number of epochs when there is none
 */
record Freezing(int from, int epochs) {

  /**
   * The last {@code length} of a training, in whole epochs.
   *
   * @param free how many epochs must come before it
   */
  static Freezing last(Time length, Timeline timeline, int free) {
    int frozen = length.toEpochs(timeline);
    int from = timeline.epochs() - frozen;
    Require.that(
        from >= free,
        "freezeLast",
        frozen + " epochs",
        "at most " + (timeline.epochs() - free) + " of the " + timeline.epochs() + " epochs");
    return new Freezing(from, timeline.epochs());
  }

  /** Whether there are frozen epochs at all. */
  boolean ever() {
    return from < epochs;
  }
}
