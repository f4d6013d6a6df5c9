package io.coppice.repro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coppice.framework.run.RunResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Three seeds at 98.40, 98.50 and 98.60: mean 98.50, sd 0.10, t(0.975, 2) = 4.303, ± 0.248. */
class RuleTest {
  private static final double[] THREE = {0.9840, 0.9850, 0.9860};

  static Published row(double accuracy, double weights, String changes) {
    return new Published(
        "r", "net", "printed", accuracy, weights, 10_000, "study", "ours", changes, "");
  }

  static List<RunResult> runs(double weights, double... accuracies) {
    List<RunResult> runs = new ArrayList<>();
    for (double accuracy : accuracies) {
      Map<String, Double> metrics =
          Map.of("accuracy", accuracy, "nonzero", weights, "seconds", 1.0);
      long seed = runs.size() + 1;
      runs.add(new RunResult("ours", seed, "h" + seed, Optional.empty(), metrics, List.of()));
    }
    return runs;
  }

  private static Finding.Kind kind(Published row, List<RunResult> runs) {
    return Rule.of(row, runs).kind();
  }

  @Test
  void theMarginIsWhatThePrintedNumberIsKnownTo() {
    Finding finding = Rule.of(row(98.5, 40_000, ""), runs(40_000, THREE));
    assertEquals(1.96 * 100 * Math.sqrt(0.985 * 0.015 / 10_000), finding.margin(), 1e-12);
    assertEquals(0.238, finding.margin(), 5e-4);
    assertEquals(0.2484, finding.accuracy().halfWidth95(), 1e-4);
  }

  @Test
  void theLowerEndMustReachTheMargin() {
    // lower end 98.2516: 98.48 less its margin of 0.2398 is 98.2402; 98.50 less 0.2382 is 98.2618
    assertEquals(Finding.Kind.REPRODUCED, kind(row(98.48, 40_000, ""), runs(40_000, THREE)));
    Finding wide = Rule.of(row(98.50, 40_000, ""), runs(40_000, THREE));
    assertEquals(Finding.Kind.NOT_REPRODUCED, wide.kind());
    assertTrue(wide.sentence().contains("reaches further down than the margin of 0.24"));
    Finding below = Rule.of(row(98.9, 40_000, ""), runs(40_000, THREE));
    assertEquals(
        "Not reproduced: 0.40 points below the printed accuracy (95 % interval −0.65 to −0.15), at"
            + " 40K weights (40K printed), and the whole interval is below the printed accuracy.",
        below.sentence());
  }

  @Test
  void anEqualAccuracyHasNoSign() {
    String sentence = Rule.of(row(98.501, 40_000, ""), runs(40_000, THREE)).sentence();
    assertTrue(
        sentence.contains(": at the printed accuracy (95 % interval −0.25 to +0.25)"), sentence);
    assertEquals("0.00", Rule.signed(-0.001));
    assertEquals("0.00", Rule.signed(0.001));
    assertEquals("−0.01", Rule.signed(-0.009));
    assertEquals("+10.00", Rule.signed(10));
  }

  @Test
  void changesAreNamed() {
    Finding finding = Rule.of(row(98.45, 40_000, "another rate"), runs(40_000, THREE));
    assertEquals(Finding.Kind.WITH_CHANGES, finding.kind());
    assertTrue(finding.sentence().endsWith("; changed: another rate."), finding.sentence());
  }

  @Test
  void moreAccurateOrHalfTheSizeIsBetter() {
    assertEquals(Finding.Kind.BETTER, kind(row(98.25, 40_000, ""), runs(40_000, THREE)));
    assertEquals(Finding.Kind.REPRODUCED, kind(row(98.26, 40_000, ""), runs(40_000, THREE)));
    assertEquals(Finding.Kind.BETTER, kind(row(98.45, 40_000, "x"), runs(20_000, THREE)));
    assertEquals(Finding.Kind.REPRODUCED, kind(row(98.45, 40_000, ""), runs(20_001, THREE)));
  }

  @Test
  void aLargerNetworkReproducesNothing() {
    assertEquals(Finding.Kind.REPRODUCED, kind(row(98.4, 40_000, ""), runs(40_400, THREE)));
    Finding larger = Rule.of(row(98, 40_000, ""), runs(40_401, THREE));
    assertEquals(Finding.Kind.NOT_REPRODUCED, larger.kind());
    assertTrue(larger.sentence().endsWith(", which is larger than printed."), larger.sentence());
  }

  @Test
  void oneCollapseIsEnough() {
    List<RunResult> runs = new ArrayList<>(runs(40_000, THREE));
    runs.add(new RunResult("ours", 4, "h4", Optional.of("all closed"), Map.of(), List.of()));
    Finding finding = Rule.of(row(98, 40_000, ""), runs);
    assertEquals("Not reproduced: 1 of 4 runs ended early (all closed).", finding.sentence());
  }

  @Test
  void fewSeedsDecideNothing() {
    Published row = row(90, 40_000, "");
    assertEquals("Open: not run yet.", Rule.of(row, List.of()).sentence());
    Finding two = Rule.of(row, runs(40_000, 0.98, 0.981));
    assertEquals(Finding.Kind.OPEN, two.kind());
    assertEquals(
        "Open: 98.05 % at 40K weights from two seeds; the rule asks for 3 seeds.", two.sentence());
  }
}
