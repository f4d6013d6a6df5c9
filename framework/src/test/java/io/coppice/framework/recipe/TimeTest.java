package io.coppice.framework.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class TimeTest {
  private final Timeline timeline = new Timeline(10, 45);

  @Test
  void countsInSteps() {
    assertEquals(30, Time.epochs(3).toStep(timeline));
    assertEquals(25, Time.epochs(2.5).toStep(timeline));
    assertEquals(500, Time.steps(500).toStep(timeline));
    assertEquals(27, Time.percent(60).toStep(timeline));
  }

  @Test
  void theLastEpochMayBePartial() {
    assertEquals(5, timeline.epochs());
    assertEquals(10, timeline.stepsIn(3));
    assertEquals(5, timeline.stepsIn(4));
  }

  @Test
  void refusesWhatIsNoTime() {
    RecipeException wrong = assertThrows(RecipeException.class, () -> Time.percent(120));
    assertEquals("percent is 120.0; allowed: a number from 0 to 100", wrong.getMessage());
    assertThrows(RecipeException.class, () -> Time.epochs(-1));
    assertThrows(RecipeException.class, () -> Time.epochs(Double.NaN));
    assertThrows(RecipeException.class, () -> Time.steps(-1));
  }
}
