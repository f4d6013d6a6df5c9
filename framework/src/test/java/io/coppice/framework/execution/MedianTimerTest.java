package io.coppice.framework.execution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coppice.framework.recipe.RecipeException;
import io.coppice.framework.recipe.StoppedException;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On a clock that only passes move. */
class MedianTimerTest {
  private long now;

  private final class Timed implements Pass {
    private final LongUnaryOperator nanosecondsOfRun;
    private long runs;

    Timed(LongUnaryOperator nanosecondsOfRun) {
      this.nanosecondsOfRun = nanosecondsOfRun;
    }

    @Override
    public void run() {
      now += nanosecondsOfRun.applyAsLong(runs++);
    }

    @Override
    public void close() {}
  }

  @Test
  void measuresEachPass() {
    List<Pass> passes = List.of(new Timed(run -> 1_500), new Timed(run -> 40_000_000));
    assertArrayEquals(
        new double[] {1.5, 40_000},
        new MedianTimer(7, 2, 50, () -> now).microseconds(passes),
        1e-9);
  }

  @Test
  void forgetsColdRunsAndDisturbedRounds() {
    Timed cold = new Timed(run -> run < 10 ? 4_000_000 : 1_000_000);
    Timed disturbed = new Timed(run -> run < 100 || run % 9 != 0 ? 1_000_000 : 90_000_000);
    assertArrayEquals(
        new double[] {1_000, 1_000},
        new MedianTimer(7, 2, 50, () -> now).microseconds(List.of(cold, disturbed)),
        1e-9);
  }

  @Test
  void warmsASlowPassThreeTimes() {
    Timed slow = new Timed(run -> 1_000_000_000);
    new MedianTimer(7, 2, 50, () -> now).microseconds(List.of(slow));
    assertEquals(3 + 7 * 2, slow.runs);
  }

  @Test
  void warmsAQuickPassForAsLongAsAsked() {
    Timed quick = new Timed(run -> 1_000_000);
    new MedianTimer(1, 1, 400, () -> now).microseconds(List.of(quick));
    assertEquals(400 + 1 + 1, quick.runs);
    assertThrows(RecipeException.class, () -> new MedianTimer(1, 1, -1));
  }

  @Test
  void takesAsManyRoundsAsAsked() {
    Timed quick = new Timed(run -> 1_000_000);
    new MedianTimer(4, 5, 50, () -> now).microseconds(List.of(quick));
    assertEquals(50 + 4 * (1 + 5), quick.runs);
  }

  @ParameterizedTest
  @ValueSource(longs = {2, 60})
  void anInterruptStopsWithinAPassOrItsRound(long last) {
    Timed interrupting =
        new Timed(
            run -> {
              if (run == last) {
                Thread.currentThread().interrupt();
              }
              return 1_000_000;
            });
    List<Pass> passes = List.of(interrupting, new Timed(run -> 1_000_000));
    StoppedException stop =
        assertThrows(
            StoppedException.class,
            () -> new MedianTimer(7, 2, 50, () -> now).microseconds(passes));
    assertTrue(Thread.interrupted());
    assertTrue(interrupting.runs <= last + 3, () -> interrupting.runs + " runs");
    assertEquals("interrupted while timing; running it again resumes there", stop.getMessage());
  }

  @Test
  void measuresOnTheMachinesClock() {
    assertTrue(new MedianTimer().microseconds(List.of(new Timed(run -> 0)))[0] >= 0);
  }
}
