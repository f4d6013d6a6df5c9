package io.coppice.framework.statistics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Holm's step-down correction: keeps the chance of any false discovery among m tests at the level
 * of one. Holm, "A simple sequentially rejective multiple test procedure", 1979.
 */
public final class Holm {
  private Holm() {}

  /**
   * The adjusted p of each test, in the order given: the k-th smallest becomes the largest of (m −
   * i + 1)·p(i) over i ≤ k, at most 1.
   */
  public static <T> Map<T, Double> adjust(Map<T, Double> p) {
    Map<T, Double> adjusted = new LinkedHashMap<>(p);
    List<Map.Entry<T, Double>> ascending =
        p.entrySet().stream().sorted(Map.Entry.comparingByValue()).toList();
    double floor = 0;
    int left = ascending.size();
    for (Map.Entry<T, Double> test : ascending) {
      floor = Math.max(floor, Math.min(1, left * test.getValue()));
      adjusted.put(test.getKey(), floor);
      left--;
    }
    return adjusted;
  }
}
