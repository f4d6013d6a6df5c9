package io.coppice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class TerminalTest {
  private static Terminal of(String launcher, Map<String, String> environment) {
    Properties properties = new Properties();
    properties.setProperty("found", launcher);
    return Terminal.of("found", properties, environment);
  }

  @Test
  void aPipeIsPlain() {
    assertEquals(new Terminal(false, false, 100), of("false", Map.of()));
    assertEquals(new Terminal(false, false, 72), of("false", Map.of("COLUMNS", "72")));
  }

  @Test
  void aTerminalIsLiveAndColourful() {
    assertEquals(new Terminal(true, true, 132), of("true", Map.of("COLUMNS", "132")));
  }

  @Test
  void noColorIsRespectedUnlessEmpty() {
    assertEquals(new Terminal(true, false, 100), of("true", Map.of("NO_COLOR", "1")));
    assertEquals(new Terminal(true, true, 100), of("true", Map.of("NO_COLOR", "")));
  }

  @Test
  void aDumbTerminalIsAPipe() {
    assertEquals(new Terminal(false, false, 100), of("true", Map.of("TERM", "dumb")));
  }

  @Test
  void senselessWidthsAreLeftOut() {
    assertEquals(100, of("true", Map.of("COLUMNS", "wide")).width());
    assertEquals(100, of("true", Map.of("COLUMNS", "0")).width());
    assertEquals(40, of("true", Map.of("COLUMNS", "7")).width());
  }
}
