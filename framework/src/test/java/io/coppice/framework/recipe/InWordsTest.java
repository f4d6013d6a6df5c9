package io.coppice.framework.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InWordsTest {

  enum Pooling {
    MAX_NORM
  }

  record Schedule(double exponent, Time from, Time until) {}

  record NothingToSay() {}

  record Kept(double share, Optional<Long> budget, boolean regrow, Schedule schedule, int zero) {}

  record Pruning(
      double keepFraction,
      Schedule schedule,
      Pooling pooling,
      NothingToSay allocation,
      boolean whole,
      boolean regrow,
      Optional<Long> budget,
      Optional<String> absent,
      List<Integer> blocks,
      Map<String, Double> layers,
      int zero) {}

  @Test
  void readsAsAPersonWouldSayIt() {
    Pruning recipe =
        new Pruning(
            0.16,
            new Schedule(3, Time.epochs(1), Time.percent(70)),
            Pooling.MAX_NORM,
            new NothingToSay(),
            true,
            false,
            Optional.of(3000L),
            Optional.empty(),
            List.of(4, 1),
            Map.of("fc1", 0.5),
            0);
    assertEquals(
        "pruning: keep fraction 0.16, schedule (exponent 3, from 1 epoch, until 70 %),"
            + " pooling max norm, allocation nothing to say, whole, budget 3000, blocks 4 and 1,"
            + " layers fc1 0.5",
        InWords.of(recipe));
  }

  @Test
  void allPartsAreNamedOnRequest() {
    Kept recipe =
        new Kept(
            0.5, Optional.empty(), false, new Schedule(3, Time.epochs(1), Time.percent(70)), 0);
    assertEquals(
        "{share=0.5, budget=none, regrow=no, schedule=exponent 3, from 1 epoch, until 70 %,"
            + " zero=0}",
        InWords.parts(recipe).toString());
    assertEquals("kept", InWords.kind(recipe));
  }

  @Test
  void timesSayTheirUnits() {
    assertEquals("2.5 epochs", InWords.of(Time.epochs(2.5)));
    assertEquals("1 step", InWords.of(Time.steps(1)));
    assertEquals("0.0001", InWords.of(1e-4));
  }
}
