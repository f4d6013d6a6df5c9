package io.coppice.framework.display;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LookTest {

  @Test
  void familiesShareAColourAndTheBaselineIsGrey() {
    Map<String, Look> looks =
        Look.of(List.of("dense", "magnitude 16 %", "l0", "magnitude 8 %"), "dense");
    assertEquals("--series-base", looks.get("dense").property());
    assertEquals("--series-0", looks.get("magnitude 16 %").property());
    assertEquals("--series-1", looks.get("l0").property());
    assertEquals(new Look("magnitude …", 0, 1), looks.get("magnitude 8 %"));
    assertEquals("--series-1", new Look("seventh", 7, 0).property());
  }
}
