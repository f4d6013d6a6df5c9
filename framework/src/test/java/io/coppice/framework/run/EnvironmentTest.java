package io.coppice.framework.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.RecordComponent;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EnvironmentTest {

  @Test
  void everythingIsKnown() throws Exception {
    Environment now = Environment.now(3);
    for (RecordComponent component : Environment.class.getRecordComponents()) {
      Object value = component.getAccessor().invoke(now);
      assertFalse(value.toString().isBlank(), component.getName());
      assertFalse(value.toString().contains("null"), component.getName() + " is " + value);
    }
    assertEquals(3, now.resumedAfterEpochs());
    assertTrue(now.code().matches("\\d+\\.\\d+\\.\\d+.*"), now.code());
    assertTrue(now.codeSha256().matches("[0-9a-f]{64}"), now.codeSha256());
    assertTrue(now.engine().matches("PyTorch \\d+\\.\\d+\\.\\d+"), now.engine());
    assertFalse(Instant.parse(now.started()).isAfter(Instant.now()));
    assertEquals(now.codeSha256(), Environment.now(0).codeSha256());
  }
}
