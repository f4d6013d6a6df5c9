package io.coppice.notebooks.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** IJava's environment. */
class SettingsTest {
  private static final String RECORD = "record R(int x) {}\nnew R(3)";

  @TempDir Path folder;

  private static Session session(Map<String, String> environment) {
    return new Session(Settings.of("test", environment));
  }

  @Test
  void scriptsRunAndSlowCellsEnd() throws Exception {
    Files.writeString(folder.resolve("start.jshell"), "int fromFile = 1;");
    try (Session session =
        session(
            Map.of(
                "IJAVA_STARTUP_SCRIPTS_PATH", folder + "/*.jshell",
                "IJAVA_STARTUP_SCRIPT", "int inline = fromFile + 1;\nthrow new Error(\"x\");",
                "IJAVA_TIMEOUT", "1 SECONDS"))) {
      assertEquals("2", session.value("inline"));
      assertTrue(session.heard().text("stderr").contains("java.lang.Error: x"));
      assertEquals("Interrupted", session.run("while (true) {}").failure().orElseThrow().name());
      assertEquals("", session.heard().text("stderr"));
    }
  }

  @Test
  void theClassPathAndTheCompilersOptionsAreTaken() throws Exception {
    Path source = Files.writeString(folder.resolve("Early.java"), "public class Early {}");
    ToolProvider.getSystemJavaCompiler()
        .run(null, null, null, "-d", folder.toString(), source.toString());
    try (Session session =
        session(
            Map.of(
                "IJAVA_CLASSPATH",
                folder.toString(),
                "IJAVA_COMPILER_OPTS",
                "-Xlint:none --release 15"))) {
      assertEquals("class Early", session.value("Class.forName(\"Early\")"));
      assertEquals(List.of(), session.heard().events());
      assertTrue(session.failure(RECORD).get(0).contains("-source 15"));
    }
    try (Session session = session(Map.of())) {
      assertEquals("R[x=3]", session.value(RECORD));
    }
  }

  @Test
  void whatIsNotUnderstoodIsToldByTheFirstCell() {
    try (Session session =
        session(
            Map.of(
                "IJAVA_STARTUP_SCRIPTS_PATH",
                folder + "/none.jsh:" + folder,
                "IJAVA_CLASSPATH",
                folder + "/no/*",
                "IJAVA_COMPILER_OPTS",
                "--no-such-option",
                "IJAVA_TIMEOUT",
                "soon"))) {
      assertEquals("3", session.value("1 + 2"));
      String told = session.heard().text("stderr");
      for (String problem :
          List.of(
              "IJAVA_STARTUP_SCRIPTS_PATH is " + folder + "/none.jsh; allowed: ",
              "IJAVA_STARTUP_SCRIPTS_PATH: " + folder + " is not read: ",
              "IJAVA_CLASSPATH is " + folder + "/no/*; allowed: paths to what exists",
              "IJAVA_COMPILER_OPTS is --no-such-option; the compiler refuses it: ",
              "IJAVA_TIMEOUT is soon; allowed: milliseconds, or a number and a unit")) {
        assertTrue(told.contains(problem), told);
      }
      assertEquals(5, told.lines().count(), told);
      session.value("1");
      assertEquals("", session.heard().text("stderr"));
    }
  }

  private static Optional<Duration> timeout(String text) {
    return Settings.of("test", Map.of("IJAVA_TIMEOUT", text)).timeout();
  }

  @Test
  void timesHaveUnits() {
    assertEquals(Optional.of(Duration.ofMillis(1_500)), timeout("1500"));
    assertEquals(Optional.of(Duration.ofMinutes(2)), timeout(" 2 minutes "));
    assertEquals(Optional.empty(), timeout("-1"));
    assertEquals(Optional.empty(), timeout("0"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1 PARSEC", "1 SECONDS more", "1.5", "99999999999", ""})
  void otherTimesAreProblems(String text) {
    Settings settings = Settings.of("test", Map.of("IJAVA_TIMEOUT", text));
    assertEquals(Optional.empty(), settings.timeout());
    assertEquals(1, settings.problems().size());
    assertFalse(settings.problems().get(0).isBlank());
  }
}
