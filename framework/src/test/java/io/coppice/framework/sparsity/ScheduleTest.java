package io.coppice.framework.sparsity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coppice.framework.recipe.RecipeException;
import io.coppice.framework.recipe.Time;
import io.coppice.framework.recipe.Timeline;
import io.coppice.framework.sparsity.Schedule.OneShot;
import io.coppice.framework.sparsity.Schedule.Periodic;
import io.coppice.framework.sparsity.Schedule.Polynomial;
import io.coppice.framework.sparsity.Schedule.Rounds;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final Timeline TIMELINE = new Timeline(50, 200);

  private static void assertClose(Map<Long, Double> expected, Map<Long, Double> actual) {
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach((step, density) -> assertEquals(density, actual.get(step), 1e-12));
  }

  @Test
  void oneShotIsOnce() {
    assertEquals(Map.of(0L, 0.2), new OneShot(Time.steps(0)).densities(0.2, TIMELINE));
    assertEquals(Map.of(100L, 0.2), new OneShot(Time.epochs(2)).densities(0.2, TIMELINE));
    assertEquals(Map.of(199L, 0.2), new OneShot(Time.percent(100)).densities(0.2, TIMELINE));
  }

  /** Sparsity 0.9 · (1 − (1 − t/100)³). */
  @Test
  void cubicByHand() {
    Schedule cubic = Polynomial.cubic(Time.steps(0), Time.epochs(2), Time.steps(25));
    assertClose(
        Map.of(25L, 0.4796875, 50L, 0.2125, 75L, 0.1140625, 100L, 0.1),
        cubic.densities(0.1, TIMELINE));
  }

  @Test
  void polynomialEndsExactlyThoughItsStepsDoNotFit() {
    Schedule linear = new Polynomial(1, Time.steps(10), Time.steps(60), Time.steps(20));
    assertClose(Map.of(30L, 0.8, 50L, 0.6, 60L, 0.5), linear.densities(0.5, TIMELINE));
  }

  @Test
  void periodicStopsAtWhatIsToStay() {
    Schedule periodic = new Periodic(0.5, Time.steps(10), Time.steps(20));
    assertClose(Map.of(10L, 0.5, 30L, 0.25, 50L, 0.2), periodic.densities(0.2, TIMELINE));
  }

  @Test
  void roundsRemoveTheSameFractionEach() {
    Schedule rounds = new Rounds(3, Time.epochs(1));
    assertClose(Map.of(50L, 0.8, 100L, 0.64, 150L, 0.512), rounds.densities(0.512, TIMELINE));
  }

  @Test
  void whatDoesNotFitTheTrainingIsRefused() {
    Time late = Time.steps(201);
    for (Schedule schedule :
        List.of(
            new OneShot(late),
            Polynomial.cubic(Time.steps(50), Time.steps(50), Time.steps(1)),
            Polynomial.cubic(Time.steps(60), Time.steps(50), Time.steps(1)),
            Polynomial.cubic(Time.steps(0), late, Time.steps(1)),
            Polynomial.cubic(Time.steps(0), Time.steps(50), Time.steps(0)),
            new Periodic(0.1, Time.steps(0), Time.steps(20)),
            new Rounds(4, Time.epochs(1)))) {
      RecipeException refusal =
          assertThrows(RecipeException.class, () -> schedule.densities(0.1, TIMELINE));
      assertTrue(refusal.getMessage().contains("allowed"), refusal.getMessage());
    }
    assertThrows(RecipeException.class, () -> new Rounds(0, Time.epochs(1)));
    assertThrows(RecipeException.class, () -> new Periodic(1, late, late));
    assertThrows(RecipeException.class, () -> new Polynomial(0, late, late, late));
  }

  @Property
  void falls(
      @ForAll @DoubleRange(min = 0.01, max = 0.99) double keep,
      @ForAll @DoubleRange(min = 0.3, max = 5) double exponent,
      @ForAll @LongRange(min = 0, max = 99) long from,
      @ForAll @LongRange(min = 100, max = 200) long until,
      @ForAll @LongRange(min = 1, max = 60) long every) {
    assertFalls(
        keep,
        new Polynomial(exponent, Time.steps(from), Time.steps(until), Time.steps(every))
            .densities(keep, TIMELINE));
    assertFalls(keep, new Rounds((int) (199 / every), Time.steps(every)).densities(keep, TIMELINE));
    assertFalls(
        keep, new Periodic(0.5, Time.steps(from), Time.steps(10)).densities(keep, TIMELINE));
  }

  private static void assertFalls(double keep, NavigableMap<Long, Double> densities) {
    double before = 1;
    for (double density : densities.values()) {
      assertTrue(density < before);
      before = density;
    }
    assertEquals(keep, densities.lastEntry().getValue());
    assertTrue(densities.firstKey() >= 0 && densities.lastKey() < TIMELINE.totalSteps());
  }
}
