package io.coppice.framework.results;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class UnitTest {

  @Test
  void unitsAreReadAsPeopleReadThem() {
    assertEquals("98.32", Unit.FRACTION.show(0.98321));
    assertEquals("6.3×", Unit.TIMES.show(6.254));
    assertEquals("125×", Unit.TIMES.show(125.3));
    assertEquals("41.2 s", Unit.SECONDS.show(41.24));
    assertEquals("0.0012 s", Unit.SECONDS.show(0.00123));
    assertEquals("0.0690", Unit.NATS.show(0.069));
    assertEquals("", Unit.COUNT.show(Double.NaN));
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
