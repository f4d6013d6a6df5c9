package io.coppice.framework.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ComparisonTest {

  private static Outcome finished(double... values) {
    Map<Long, Double> bySeed = new TreeMap<>();
    for (int i = 0; i < values.length; i++) {
      bySeed.put(i + 1L, values[i]);
    }
    return new Outcome(bySeed, Map.of());
  }

  private static final Outcome DENSE = finished(0.980, 0.982, 0.984);

  private static String verdict(Outcome method, Outcome baseline) {
    Map<String, Outcome> methods = new LinkedHashMap<>();
    methods.put("dense", baseline);
    methods.put("method", method);
    return Comparison.against("dense", methods).get("method").text();
  }

  @Test
  void tellsBetterWorseAndNeither() {
    assertEquals("worse", verdict(finished(0.9601, 0.9618, 0.9641), DENSE));
    assertEquals("better", verdict(finished(0.9901, 0.9918, 0.9941), DENSE));
    assertEquals("not distinguishable", verdict(finished(0.981, 0.979, 0.986), DENSE));
    assertEquals("not distinguishable", verdict(DENSE, DENSE));
    Map<String, Outcome> alone = Map.of("dense", DENSE);
    assertEquals("baseline", Comparison.against("dense", alone).get("dense").text());
  }

  @Test
  void saysWhyThereIsNoTest() {
    assertEquals("one seed: no test", verdict(finished(0.97), DENSE));
    assertEquals(
        "no test: the same difference in every seed",
        verdict(finished(0.970, 0.972, 0.974), DENSE));
    assertEquals(
        "no test: no seed in common with dense",
        verdict(new Outcome(Map.of(8L, 0.9, 9L, 0.91), Map.of()), DENSE));
    assertEquals(
        "no test: one seed in common with dense",
        verdict(new Outcome(Map.of(1L, 0.9, 9L, 0.91), Map.of()), DENSE));
    assertEquals(
        "no test: no finished run of dense",
        Comparison.against("dense", Map.of("method", DENSE)).get("method").text());
    assertEquals(
        "no test: no finished run of dense",
        verdict(DENSE, new Outcome(Map.of(), Map.of(1L, "loss"))));
  }

  @Test
  void unpairedSeedsAreCounted() {
    assertEquals("worse (3 common seeds)", verdict(finished(0.9601, 0.9618, 0.9641, 0.1), DENSE));
  }

  @Test
  void collapseIsNamedAndCounted() {
    Map<Long, String> dead = new TreeMap<>(Map.of(2L, "fc1 is dead", 3L, "fc1 is dead"));
    assertEquals(
        "collapsed: fc1 is dead (2 of 3 seeds)",
        verdict(new Outcome(Map.of(1L, 0.9), dead), DENSE));
    dead.put(3L, "the loss became NaN");
    assertEquals(
        "collapsed: fc1 is dead and other reasons (2 of 3 seeds)",
        verdict(new Outcome(Map.of(1L, 0.9), dead), DENSE));
    assertEquals(
        "collapsed: x (1 of 1 seed)", verdict(new Outcome(Map.of(), Map.of(1L, "x")), DENSE));
  }

  /** The difference below has p = 0.04 alone and 0.08 beside a second test with a larger p. */
  @Test
  void holmCorrectsOverTheMethodsOfTheStudy() {
    Outcome near = finished(0.96643, 0.972, 0.97757);
    double p = PairedTest.of(near.values(), DENSE.values()).p().orElseThrow();
    assertEquals(0.04, p, 1e-3);
    assertEquals("worse", verdict(near, DENSE));

    Map<String, Outcome> methods = new LinkedHashMap<>();
    methods.put("dense", DENSE);
    methods.put("near", near);
    methods.put("like", finished(0.981, 0.979, 0.986));
    assertEquals("not distinguishable", Comparison.against("dense", methods).get("near").text());
  }

  @Test
  void pairsLeaveOutCollapsedMethods() {
    Map<String, Outcome> methods = new LinkedHashMap<>();
    methods.put("a", DENSE);
    methods.put("b", finished(0.9601, 0.9618, 0.9641));
    methods.put("c", new Outcome(Map.of(1L, 0.9), Map.of(2L, "dead")));
    methods.put("d", finished(0.9));
    List<Comparison.Pair> pairs = Comparison.pairs(methods);
    assertEquals(
        List.of("a-b better", "a-d no test", "b-d no test"),
        pairs.stream()
            .map(p -> p.first() + "-" + p.second() + " " + p.verdict().text().split(":")[0])
            .toList());
    assertEquals(0.02, pairs.get(0).test().difference().mean(), 1e-3);
    assertTrue(Double.isNaN(pairs.get(1).holmP()));
  }
}
