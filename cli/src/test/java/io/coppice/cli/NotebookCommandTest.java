package io.coppice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
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

/** The commands that start other programs, as processes. */
@DisabledOnOs(OS.WINDOWS)
class NotebookCommandTest {

  @TempDir Path folder;

  private record Ended(int code, String out, String err) {}

  private Process start(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dcoppice.home=" + folder,
                "-cp",
                System.getProperty("java.class.path") + File.pathSeparator + "nowhere",
                Main.class.getName()));
    command.addAll(List.of(arguments));
    Files.createDirectories(folder.resolve("notebooks"));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("PATH", folder.resolve("bin").toString());
    builder.environment().put("JUPYTER_DATA_DIR", folder.resolve("data").toString());
    return builder.redirectError(folder.resolve("err").toFile()).start();
  }

  private Ended end(Process process) throws Exception {
    String out = new String(process.getInputStream().readAllBytes());
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    return new Ended(process.exitValue(), out, Files.readString(folder.resolve("err")));
  }

  private void program(String name, String text) throws IOException {
    Path file = Files.createDirectories(folder.resolve("bin")).resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + text);
    assertTrue(file.toFile().setExecutable(true));
  }

  @Test
  void withoutJupyterTheWayToItIsSaid() throws Exception {
    Ended ended = end(start("notebook"));
    assertEquals(ExitCode.FAILURE, ended.code);
    assertEquals(
        "coppice: Jupyter is needed. On Debian and Ubuntu:"
            + " apt-get install -y --no-install-recommends jupyter-notebook\n",
        ended.err);
  }

  @Test
  void withoutNbconvertTheWayToItIsSaid() throws Exception {
    Ended ended = end(start("notebook", "--html"));
    assertEquals(ExitCode.FAILURE, ended.code);
    assertEquals(
        "coppice: nbconvert is needed. On Debian and Ubuntu:"
            + " apt-get install -y --no-install-recommends jupyter-nbconvert\n",
        ended.err);
  }

  @Test
  void withoutNotebooksThereIsNothingToShow() throws Exception {
    program("jupyter-nbconvert", "exit 3\n");
    Ended ended = end(start("notebook", "--html"));
    assertEquals(ExitCode.USAGE, ended.code);
    Path notebooks = folder.resolve("notebooks");
    assertTrue(ended.err.startsWith("coppice: there is no notebook in '" + notebooks), ended.err);
    assertTrue(Files.notExists(notebooks.resolve("html")));
  }

  @Test
  void jupyterServesTheFolderToThisMachineWithTheKernelInstalled() throws Exception {
    program("jupyter-notebook", "for a in \"$@\"; do echo \"$a\"; done\nexit 3\n");
    Ended ended = end(start("notebook", "--no-browser", "--port=9000"));
    assertEquals(3, ended.code, ended.err);
    List<String> arguments = ended.out.lines().toList();
    assertTrue(
        arguments.containsAll(
            List.of(
                "--ip=127.0.0.1",
                "--port=9000",
                "--no-browser",
                "--notebook-dir=" + folder.resolve("notebooks"))),
        ended.out);
    assertTrue(arguments.stream().noneMatch(argument -> argument.contains("token")));
    assertTrue(Files.exists(folder.resolve("data/kernels/coppice/kernel.json")));
  }

  @Test
  void aSignalEndsJupyterToo() throws Exception {
    program(
        "jupyter-notebook",
        "trap 'echo ended; exit 0' TERM\necho serving\nwhile true; do /bin/sleep 0.1; done\n");
    Process process = start("notebook");
    try (var out = process.inputReader()) {
      assertEquals("serving", out.readLine());
      new ProcessBuilder("kill", "-TERM", Long.toString(process.pid())).start().waitFor();
      assertEquals("ended", out.readLine());
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void aFolderThatIsNotThereIsAUsageError() throws Exception {
    assertEquals(ExitCode.USAGE, end(start("notebook", "nowhere")).code);
  }

  @ParameterizedTest
  @CsvSource({
    "'', data",
    "--user, data",
    "--prefix=my prefix, my prefix/share/jupyter",
  })
  void theKernelIsInstalledAndRemoved(String option, String data) throws Exception {
    String[] options = option.isEmpty() ? new String[0] : new String[] {option};
    Path kernel = folder.resolve(data).resolve("kernels/coppice");
    assertEquals("Installed: " + kernel + "\n", kernel("install", options).out);
    JsonNode written = new ObjectMapper().readTree(kernel.resolve("kernel.json").toFile());
    assertEquals(folder.resolve("coppice").toString(), written.at("/argv/0").asText());
    assertEquals("Removed from " + folder.resolve(data) + "\n", kernel("uninstall", options).out);
    assertTrue(Files.notExists(kernel));
    Ended again = kernel("uninstall", options);
    assertEquals("Not there: " + folder.resolve(data) + "\n", again.out);
    assertEquals(ExitCode.OK, again.code);
  }

  private Ended kernel(String command, String... options) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("kernel", command));
    arguments.addAll(List.of(options));
    return end(start(arguments.toArray(String[]::new)));
  }

  @Test
  void aKernelGoesToOnePlace() throws Exception {
    Ended ended = kernel("install", "--user", "--prefix=p");
    assertEquals(ExitCode.USAGE, ended.code);
    assertTrue(Files.notExists(folder.resolve("p")));
  }

  @Test
  void aKernelNeedsJupytersFile() throws Exception {
    Ended ended = kernel("start", "nowhere.json");
    assertEquals(ExitCode.USAGE, ended.code);
    assertEquals(
        "coppice: there is no file 'nowhere.json'\nSee 'coppice kernel start --help'.\n",
        ended.err);
    assertEquals("", ended.out);
  }

  @Test
  void jshellKnowsTheWords() throws Exception {
    Process process = start("jshell", "-");
    try (var in = process.outputWriter()) {
      in.write("var t = Table.create(\"t\").addColumns(IntColumn.create(\"n\", 4, 5));\n");
      in.write("show(t)\nshow(dense().name())\n/exit 7\n");
    }
    Ended ended = end(process);
    assertEquals(7, ended.code, ended.err);
    assertTrue(ended.out.lines().anyMatch("dense"::equals), ended.out);
    assertTrue(ended.out.contains("5"), ended.out);
  }
}
