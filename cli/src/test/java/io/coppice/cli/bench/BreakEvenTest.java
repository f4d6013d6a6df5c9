package io.coppice.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class BreakEvenTest {

  private static BreakEven of(double... sparsitiesAndRatios) {
    List<BreakEven> all = BreakEven.of(OpsRows.forward(8, 8, sparsitiesAndRatios));
    assertEquals(1, all.size());
    return all.get(0);
  }

  private static void assertIs(BreakEven.Bound bound, double sparsity, BreakEven actual) {
    assertEquals(bound, actual.bound());
    assertEquals(sparsity, actual.sparsity(), 1e-12);
  }

  @Test
  void liesOnTheLineThroughTheLogarithms() {
    // log 1/2 and log 2 are as far from log 1
    assertIs(BreakEven.Bound.AT, 0.6, of(0.5, 0.5, 0.7, 2, 0.9, 6));
    // log 1/2 is a quarter of the way to log 8
    assertIs(BreakEven.Bound.AT, 0.55, of(0.5, 0.5, 0.7, 8));
  }

  @Test
  void orderOfRowsIsNoMatter() {
    assertIs(BreakEven.Bound.AT, 0.6, of(0.9, 6, 0.7, 2, 0.5, 0.5));
  }

  @Test
  void parityIsNoLoss() {
    assertIs(BreakEven.Bound.AT, 0.7, of(0.5, 0.5, 0.7, 1, 0.9, 6));
  }

  @Test
  void nothingIsSaidBeyondWhatWasMeasured() {
    assertIs(BreakEven.Bound.BELOW, 0.5, of(0.5, 1.1, 0.9, 6));
    assertIs(BreakEven.Bound.ABOVE, 0.9, of(0.5, 0.1, 0.9, 0.6));
  }

  @Test
  void theLastLossCounts() {
    assertIs(BreakEven.Bound.AT, 0.8, of(0.3, 2, 0.7, 0.5, 0.9, 2));
  }

  @Test
  void oneSparsityTellsNothing() {
    assertEquals(List.of(), BreakEven.of(OpsRows.forward(8, 8, 0.9, 6)));
  }

  @Test
  void isWordedInPercent() {
    assertEquals("below 50 %", of(0.5, 1.1, 0.9, 6).worded());
    assertEquals("above 90 %", of(0.5, 0.1, 0.9, 0.6).worded());
    assertEquals("46.3 %", of(0.4, 0.5, 0.4629 * 2 - 0.4, 2).worded());
  }
}
