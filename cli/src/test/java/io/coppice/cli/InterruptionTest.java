package io.coppice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisabledOnOs(OS.WINDOWS)
class InterruptionTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void aSignalLetsTheStudySaveItsRun(String signal, int code) throws Exception {
    Path saved = folder.resolve("saved");
    Process process =
        start(
            """
            System.out.println("training");
            while (!Thread.interrupted()) {
              Thread.onSpinWait();
            }
            Thread.sleep(300);
            Files.createFile(Path.of("%s"));
            throw new io.coppice.framework.training.TrainingInterruptedException(3);
            """
                .formatted(saved));
    try (BufferedReader out = process.inputReader()) {
      assertEquals("training", out.readLine());
      send(signal, process);
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    } finally {
      process.destroyForcibly();
    }
    assertEquals(code, process.exitValue());
    assertTrue(Files.exists(saved));
    assertTrue(Files.readString(folder.resolve("err")).contains("the same command resumes it"));
  }

  @Test
  void withoutASignalTheProcessEndsByItself() throws Exception {
    Process process = start("int x = 3;");
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertEquals(ExitCode.OK, process.exitValue());
  }

  private Process start(String study) throws Exception {
    Path file = Files.writeString(folder.resolve("study.jsh"), study);
    List<String> command = new ArrayList<>(heedingSignals());
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "run",
            file.toString()));
    return new ProcessBuilder(command).redirectError(folder.resolve("err").toFile()).start();
  }

  /** What a shell starts in the background ignores SIGINT, and so does all that it starts. */
  private static List<String> heedingSignals() throws Exception {
    List<String> heeding = List.of("env", "--default-signal=INT");
    List<String> trial = new ArrayList<>(heeding);
    trial.add("true");
    return new ProcessBuilder(trial).start().waitFor() == 0 ? heeding : List.of();
  }

  private static void send(String signal, Process process) throws Exception {
    String pid = Long.toString(process.pid());
    assertEquals(0, new ProcessBuilder("kill", "-" + signal, pid).start().waitFor());
  }
}
