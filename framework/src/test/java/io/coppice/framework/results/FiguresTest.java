package io.coppice.framework.results;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.coppice.framework.display.Figures;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class FiguresTest {

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
  void unitsAreReadAsPeopleReadThem() {
    assertEquals("98.32", Unit.FRACTION.show(0.98321));
    assertEquals("6.3×", Unit.TIMES.show(6.254));
    assertEquals("125×", Unit.TIMES.show(125.3));
    assertEquals("41.2 s", Unit.SECONDS.show(41.24));
    assertEquals("0.0012 s", Unit.SECONDS.show(0.00123));
    assertEquals("0.0690", Unit.NATS.show(0.069));
    assertEquals("", Unit.COUNT.show(Double.NaN));
    assertEquals("0.00", Figures.fixed(-0.0001, 2));
  }

  @Property
  void aNumberIsNeverNotOne(@ForAll double value) {
    for (Unit unit : Unit.values()) {
      String text = unit.show(value);
      assertEquals(Double.isFinite(value), !text.isEmpty(), text);
      assertEquals(-1, text.indexOf("NaN"));
    }
  }
}
