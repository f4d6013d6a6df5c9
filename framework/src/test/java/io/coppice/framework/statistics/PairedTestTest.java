package io.coppice.framework.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PairedTestTest {

  private static Map<Long, Double> seeds(double... values) {
    Map<Long, Double> bySeed = new TreeMap<>();
    for (int i = 0; i < values.length; i++) {
      bySeed.put(i + 1L, values[i]);
    }
    return bySeed;
  }

  @Test
  void sleepDataAsPublished() {
    PairedTest test =
        PairedTest.of(
            seeds(0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0),
            seeds(1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4));
    assertEquals(-1.58, test.difference().mean(), 1e-12);
    assertEquals(0.002833, test.p().orElseThrow(), 5e-7);
  }

  /** With two degrees of freedom p = 1 − t / √(t² + 2), and these differences give t = 2√3. */
  @Test
  void threeSeedsByHand() {
    PairedTest test = PairedTest.of(seeds(0.91, 0.92, 0.93), seeds(0.90, 0.90, 0.90));
    double t = 2 * Math.sqrt(3);
    assertEquals(1 - t / Math.sqrt(t * t + 2), test.p().orElseThrow(), 1e-9);
  }

  @Test
  void onlyCommonSeedsCount() {
    Map<Long, Double> first = Map.of(1L, 0.5, 2L, 0.7, 9L, 0.1);
    Map<Long, Double> second = Map.of(1L, 0.4, 2L, 0.5, 3L, 0.9);
    PairedTest test = PairedTest.of(first, second);
    assertEquals(2, test.pairs());
    assertEquals(0.15, test.difference().mean(), 1e-12);
  }

  @Test
  void noTestWithoutSpreadOrWithOnePair() {
    assertTrue(PairedTest.of(seeds(0.5), seeds(0.4)).p().isEmpty());
    assertTrue(PairedTest.of(seeds(0.3, 0.5, 0.9), seeds(0.2, 0.4, 0.8)).p().isEmpty());
    assertEquals(1, PairedTest.of(seeds(0.3, 0.5), seeds(0.3, 0.5)).p().orElseThrow());
    assertEquals(0, PairedTest.of(seeds(0.3), Map.of(7L, 0.3)).pairs());
  }

  @Test
  @Tag("slow")
  void rejectsAFairCoinAtTheLevel() {
    Random random = new Random(11);
    int rejected = 0;
    int trials = 50_000;
    for (int trial = 0; trial < trials; trial++) {
      double[] a = random.doubles(3).map(u -> random.nextGaussian()).toArray();
      double[] b = random.doubles(3).map(u -> random.nextGaussian()).toArray();
      rejected += PairedTest.of(seeds(a), seeds(b)).p().orElseThrow() <= 0.05 ? 1 : 0;
    }
    assertEquals(0.05, rejected / (double) trials, 4 * Math.sqrt(0.05 * 0.95 / trials));
  }
}
