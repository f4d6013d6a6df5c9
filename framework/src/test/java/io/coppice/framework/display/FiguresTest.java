package io.coppice.framework.display;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class FiguresTest {

  @Test
  void countsMayShowEveryDigit() {
    assertEquals("266,200", Figures.grouped(266_200));
    assertEquals("7", Figures.grouped(7));
  }

  @Test
  void countsInThousands() {
    assertEquals("0", Figures.thousands(0));
    assertEquals("850", Figures.thousands(850));
    assertEquals("42.5K", Figures.thousands(42_500));
    assertEquals("1.0M", Figures.thousands(999_999));
    assertEquals("1.2G", Figures.thousands(1.23e9));
    assertEquals("1.1 MB", Figures.bytes(1_066_440));
    assertEquals("12.0 kB", Figures.bytes(12_000));
    assertEquals("12 B", Figures.bytes(12));
  }

  @Test
  void zeroHasNoSign() {
    assertEquals("0.00", Figures.fixed(-0.0001, 2));
  }

  @Test
  void numbersBelowEachOtherShareTheirDecimals() {
    assertEquals(List.of("0.10", "0.25", "12.00"), Figures.aligned(new double[] {0.1, 0.25, 12}));
    assertEquals(List.of("98.3217", "1.0000"), Figures.aligned(new double[] {98.32165, 1}));
    assertEquals(List.of("3", "-40"), Figures.aligned(new double[] {3, -40}));
    assertEquals(
        List.of("0.500000", "1.2e-09", "", "∞", "0.333333"),
        Figures.aligned(new double[] {0.5, 1.2e-9, Double.NaN, Double.POSITIVE_INFINITY, 1.0 / 3}));
    assertEquals(List.of("1.5e+20", "1.0e+00"), Figures.aligned(new double[] {1.5e20, 1}));
    assertEquals(List.of("0.000012"), Figures.aligned(new double[] {1.2e-5}));
    assertEquals(List.of(), Figures.aligned(new double[0]));
  }
}
