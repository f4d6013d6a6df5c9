package io.coppice.framework.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimeLeftTest {

  @Test
  void aLengthOfTimeHasTwoUnitsAtMost() {
    assertEquals("0 s", TimeLeft.words(Duration.ofMillis(400)));
    assertEquals("1 min 0 s", TimeLeft.words(Duration.ofMillis(59_900)));
    assertEquals("59 min 59 s", TimeLeft.words(Duration.ofSeconds(3599)));
    assertEquals("26 h 3 min", TimeLeft.words(Duration.ofSeconds(26 * 3600 + 200)));
  }
}
