package io.coppice.framework.method;

import io.coppice.framework.network.Network;
import io.coppice.framework.recipe.Time;
import java.util.Optional;

/**
 * Two methods one after the other in one run: {@code then} starts from the weights W̃ that {@code
 * first} leaves, which are free again, and may be taught by the network that they made. Each counts
 * its own epochs as a training of its own; the learning rate's course is that of the whole run.
 *
 * @param length of {@code first}, in whole epochs
 * @param lesson what {@code then} is taught by the first network; none for a warm start only
 */
public record Sequel(Method first, Time length, Optional<Lesson> lesson, Method then)
    implements Method {

  /** Such as {@code switcher neurons ≤ 47700 after magnitude 18 % cubic}. */
  @Override
  public String name() {
    return then.name() + (lesson.isPresent() ? " taught by " : " after ") + first.name();
  }

  @Override
  public Sparsifier bind(Network network, RunContext context) {
    return new SequelRun(this, network, context);
  }
}
