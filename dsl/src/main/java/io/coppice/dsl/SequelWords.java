package io.coppice.dsl;

import io.coppice.framework.method.Lesson;
import io.coppice.framework.method.Method;
import io.coppice.framework.method.Sequel;
import io.coppice.framework.recipe.InWords;
import io.coppice.framework.recipe.Time;
import java.util.Optional;

/**
 * What comes first in a run: {@code first(dense(), epochs(20)).teaching(4, 0.5).then(...)}.
 * Immutable.
 */
public record SequelWords(Method first, Time length, Optional<Lesson> lesson) implements Begun {

  static SequelWords of(Method first, Time length) {
    return new SequelWords(first, length, Optional.empty());
  }

  @Override
  public String said() {
    return first.name() + " for " + InWords.of(length) + lesson.map(l -> ", teaching").orElse("");
  }

  @Override
  public String missing() {
    return "then(...) with the method that follows, before it maybe teaching(temperature, share)";
  }

  /**
   * The network that {@code first} leaves teaches the next one: its probabilities, of logits
   * divided by {@code temperature}, make up this share of the targets.
   */
  public SequelWords teaching(double temperature, double share) {
    return new SequelWords(first, length, Optional.of(new Lesson(temperature, share)));
  }

  /** The method that goes on from the weights of the first. */
  public Method then(Method next) {
    return new Sequel(first, length, lesson, next);
  }
}
