package io.coppice.framework.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Sums in 64 bits, each with the sum of its terms' sizes, which bounds what 32 bits may lose. */
final class Sums {
  private static final double TOLERANCE = 1e-5;

  private final double[] sums;
  private final double[] sizes;

  Sums(int length) {
    sums = new double[length];
    sizes = new double[length];
  }

  void add(int at, double term) {
    sums[at] += term;
    sizes[at] += Math.abs(term);
  }

  void assertNear(String name, float[] actual, boolean relu) {
    assertEquals(sums.length, actual.length);
    for (int i = 0; i < actual.length; i++) {
      assertNear(name, i, relu ? Math.max(0, sums[i]) : sums[i], actual[i]);
    }
  }

  void assertNear(String name, int at, float actual) {
    assertNear(name, at, sums[at], actual);
  }

  private void assertNear(String name, int at, double expected, float actual) {
    assertEquals(expected, actual, TOLERANCE * sizes[at], () -> name + "[" + at + "]");
  }
}
