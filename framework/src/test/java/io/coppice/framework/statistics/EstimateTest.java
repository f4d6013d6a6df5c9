package io.coppice.framework.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class EstimateTest {

  @Test
  void threeSeedsByHand() {
    Estimate estimate = Estimate.of(1, 2, 3);
    assertEquals(2, estimate.mean());
    assertEquals(1, estimate.sd(), 1e-15);
    assertEquals(4.302652729911275 / Math.sqrt(3), estimate.halfWidth95(), 1e-9);
    assertEquals(2 - 4.302652729911275 / Math.sqrt(3), estimate.low(), 1e-9);
  }

  /** Student's sleep data, the ten differences of 1908; values as R's t.test prints them. */
  @Test
  void sleepDataAsPublished() {
    Estimate estimate = Estimate.of(-1.2, -2.4, -1.3, -1.3, 0.0, -1.0, -1.8, -0.8, -4.6, -1.4);
    assertEquals(-1.58, estimate.mean(), 1e-12);
    assertEquals(1.229995, estimate.sd(), 1e-6);
    assertEquals(-2.4598858, estimate.low(), 1e-6);
    assertEquals(-0.7001142, estimate.high(), 1e-6);
  }

  @Test
  void oneValueHasNoSpread() {
    Estimate estimate = Estimate.of(0.5);
    assertEquals(0.5, estimate.mean());
    assertTrue(Double.isNaN(estimate.sd()));
    assertFalse(estimate.hasInterval());
    assertTrue(Double.isNaN(Estimate.of().mean()));
  }

  @Test
  @Tag("slow")
  void intervalCoversNinetyFivePercent() {
    Random random = new Random(7);
    for (int n : new int[] {2, 3, 5, 10}) {
      int covered = 0;
      int trials = 100_000;
      for (int trial = 0; trial < trials; trial++) {
        double[] sample = random.doubles(n).map(u -> 4 + 3 * random.nextGaussian()).toArray();
        Estimate estimate = Estimate.of(sample);
        covered += estimate.low() <= 4 && 4 <= estimate.high() ? 1 : 0;
      }
      // Four standard errors of a proportion of 0.95.
      assertEquals(0.95, covered / (double) trials, 4 * Math.sqrt(0.95 * 0.05 / trials));
    }
  }
}
