package io.coppice.framework.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.coppice.framework.recipe.RecipeException;
import io.coppice.framework.recipe.Time;
import io.coppice.framework.recipe.Timeline;
import io.coppice.framework.training.LearningRate.Course;
import org.junit.jupiter.api.Test;

class LearningRatesTest {
  private final Timeline timeline = new Timeline(10, 100);

  @Test
  void cosineFallsFromOneToItsFloor() {
    Course course = new LearningRates.Cosine(0.2).start(timeline);
    assertEquals(1, course.factor(0), 1e-12);
    assertEquals(0.6, course.factor(50), 1e-12);
    assertEquals(0.2 + 0.8 * (1 - Math.sqrt(0.5)) / 2, course.factor(75), 1e-12);
    assertEquals(0.2, course.factor(100), 1e-12);
  }

  @Test
  void stepDecayMultiplies() {
    Course course = new LearningRates.StepDecay(Time.epochs(3), 0.1).start(timeline);
    assertEquals(1, course.factor(29), 1e-12);
    assertEquals(0.1, course.factor(30), 1e-12);
    assertEquals(0.001, course.factor(99), 1e-12);
  }

  @Test
  void warmUpRisesThenFollowsItsSuccessor() {
    Course course =
        new LearningRates.WarmUp(Time.steps(4), new LearningRates.Cosine(0)).start(timeline);
    assertEquals(0.2, course.factor(0), 1e-12);
    assertEquals(0.8, course.factor(3), 1e-12);
    assertEquals(1, course.factor(4), 1e-12);
    assertEquals(0.5, course.factor(4 + 48), 1e-12);
  }

  @Test
  void warmUpMustBeShorterThanTheTraining() {
    LearningRate tooLong = new LearningRates.WarmUp(Time.epochs(10), new LearningRates.Constant());
    assertThrows(RecipeException.class, () -> tooLong.start(timeline));
  }

  @Test
  void plateauFallsAfterItsPatienceAndCarriesOnFromItsState() {
    LearningRate recipe = new LearningRates.Plateau(0.5, 2);
    Course course = recipe.start(timeline);
    course.afterEpoch(1.0);
    course.afterEpoch(1.1);
    assertEquals(1, course.factor(0), 0);
    Course resumed = recipe.start(timeline);
    resumed.restore(course.state());
    resumed.afterEpoch(1.0);
    assertEquals(0.5, resumed.factor(0), 0);
    resumed.afterEpoch(0.9);
    resumed.afterEpoch(0.9);
    assertEquals(0.5, resumed.factor(0), 0);
    resumed.afterEpoch(0.9);
    assertEquals(0.25, resumed.factor(0), 0);
  }
}
