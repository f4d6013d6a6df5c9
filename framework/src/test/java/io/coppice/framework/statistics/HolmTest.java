package io.coppice.framework.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class HolmTest {

  /** 0.005·4, 0.01·3, 0.03·2, and 0.04·1 raised to its predecessor's 0.06. */
  @Test
  void fourTestsByHand() {
    Map<String, Double> p = new LinkedHashMap<>();
    p.put("a", 0.01);
    p.put("b", 0.04);
    p.put("c", 0.03);
    p.put("d", 0.005);
    Map<String, Double> adjusted = Holm.adjust(p);
    assertEquals(List.of("a", "b", "c", "d"), new ArrayList<>(adjusted.keySet()));
    assertEquals(0.03, adjusted.get("a"), 1e-15);
    assertEquals(0.06, adjusted.get("b"), 1e-15);
    assertEquals(0.06, adjusted.get("c"), 1e-15);
    assertEquals(0.02, adjusted.get("d"), 1e-15);
  }

  @Property
  void keepsTheOrderAndLiesBetweenPAndBonferroni(
      @ForAll @Size(min = 1, max = 12) List<@DoubleRange(min = 0, max = 1) Double> values) {
    Map<Integer, Double> p = new LinkedHashMap<>();
    for (int i = 0; i < values.size(); i++) {
      p.put(i, values.get(i));
    }
    Map<Integer, Double> adjusted = Holm.adjust(p);
    for (int i : p.keySet()) {
      assertTrue(adjusted.get(i) >= p.get(i));
      assertTrue(adjusted.get(i) <= Math.min(1, p.size() * p.get(i)));
      for (int j : p.keySet()) {
        assertTrue(p.get(i) > p.get(j) || adjusted.get(i) <= adjusted.get(j));
      }
    }
  }
}
