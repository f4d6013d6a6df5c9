package io.coppice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class DoctorCommandTest {
  private static final List<String> THINGS =
      List.of("Java", "Maven", "engine", "sparse operations", "CUDA", "data", "Python's torch");

  private static String run(String... arguments) {
    StringWriter out = new StringWriter();
    Terminal terminal = new Terminal(false, false, 80);
    int code =
        Main.commandLine(terminal, terminal, () -> false, () -> {})
            .setOut(new PrintWriter(out))
            .execute(arguments);
    assertEquals(ExitCode.OK, code);
    return out.toString();
  }

  @Test
  void everyThingGetsALine() {
    String text = run("doctor");
    assertFalse(text.contains("\u001b"), text);
    List<String> lines = text.lines().toList();
    assertEquals(THINGS.size(), lines.size(), lines::toString);
    for (int i = 0; i < lines.size(); i++) {
      assertTrue(lines.get(i).matches("(ok|--)  " + THINGS.get(i) + " {2,}\\S.*"), lines.get(i));
    }
  }

  @Test
  void programsReadTheSame() throws IOException {
    JsonNode findings = new ObjectMapper().readTree(run("doctor", "--json"));
    assertEquals(
        THINGS,
        StreamSupport.stream(findings.spliterator(), false)
            .map(finding -> finding.get("thing").asText())
            .toList());
    JsonNode engine = findings.get(2);
    assertTrue(engine.get("ok").asBoolean());
    assertTrue(
        engine.get("finding").asText().matches("PyTorch 2\\.\\S+, .*: \\d+(; .*)?"),
        engine::toString);
  }
}
