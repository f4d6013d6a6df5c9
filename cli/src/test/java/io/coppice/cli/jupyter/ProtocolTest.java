package io.coppice.cli.jupyter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.coppice.testing.Needs;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The installed kernel as a process, driven by Jupyter's own client. */
@EnabledOnOs(OS.LINUX)
class ProtocolTest {
  private static final String PYTHON = "/usr/bin/python3";
  private static final List<String> SCRIPTS =
      List.of("driver.py", "language.py", "main.py", "strangers.py", "training.py");

  @TempDir Path folder;

  /** The user's folders and the system's for temporary files, as far as the kernel knows. */
  private Path sandbox(String name) throws IOException {
    return Files.createDirectories(folder.resolve("sandbox").resolve(name));
  }

  @TestFactory
  List<DynamicTest> theKernelSpeaksJupytersProtocol() throws Exception {
    Needs.that(hasJupyterClient(), Needs.missing("jupyter_client", "python3-jupyter-client"));
    JsonNode told = run(scripts());
    System.out.println("[kernel] " + told.path("figures").asText());
    List<DynamicTest> tests = new ArrayList<>();
    told.path("errors")
        .fields()
        .forEachRemaining(
            check ->
                tests.add(
                    dynamicTest(
                        check.getKey(), () -> assertEquals("", check.getValue().asText()))));
    assertTrue(tests.size() > 20, told::toString);
    tests.add(dynamicTest("writes_nothing_else", this::onlyRunsAndCachesAreWritten));
    return tests;
  }

  private static boolean hasJupyterClient() throws Exception {
    if (!Files.isExecutable(Path.of(PYTHON))) {
      return false;
    }
    Process python = new ProcessBuilder(PYTHON, "-c", "import jupyter_client").start();
    return python.waitFor() == 0;
  }

  private Path scripts() throws IOException {
    Path scripts = Files.createDirectories(folder.resolve("protocol"));
    for (String name : SCRIPTS) {
      try (var script = ProtocolTest.class.getResourceAsStream("protocol/" + name)) {
        Files.copy(script, scripts.resolve(name));
      }
    }
    return scripts;
  }

  private KernelSpec kernel() throws IOException {
    return new KernelSpec(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-Duser.home=" + sandbox("home"),
            "-Djava.io.tmpdir=" + sandbox("tmp"),
            "-Dai.djl.offline=true",
            "--add-opens=jdk.jshell/jdk.jshell=ALL-UNNAMED",
            "-Dcoppice.home=" + Path.of("..").toRealPath(),
            "-cp",
            System.getProperty("java.class.path"),
            "io.coppice.cli.Main"),
        Map.of(
            "OMP_NUM_THREADS",
            "1",
            "COPPICE_CACHE",
            sandbox("cache").toString(),
            "DJL_CACHE_DIR",
            Optional.ofNullable(System.getenv("DJL_CACHE_DIR"))
                .orElse(Path.of(System.getProperty("user.home"), ".djl.ai").toString())));
  }

  /** Runs the scripts in a notebook's folder, with this kernel and no other. */
  private JsonNode run(Path scripts) throws Exception {
    Path data = folder.resolve("jupyter");
    kernel().install(data);
    File errors = folder.resolve("errors").toFile();
    ProcessBuilder builder =
        new ProcessBuilder(PYTHON, scripts.resolve("main.py").toString())
            .directory(sandbox("notebooks").toFile())
            .redirectError(errors);
    Map<String, String> environment = builder.environment();
    environment.put("HOME", sandbox("home").toString());
    environment.put("TMPDIR", sandbox("tmp").toString());
    environment.put("JUPYTER_PATH", data.toString());
    environment.put("JUPYTER_RUNTIME_DIR", folder.resolve("runtime").toString());
    environment.keySet().removeIf(name -> name.startsWith("XDG_"));
    Process python = builder.start();
    try {
      String answer = new String(python.getInputStream().readAllBytes());
      assertTrue(python.waitFor(10, TimeUnit.MINUTES));
      assertEquals(0, python.exitValue(), () -> text(errors));
      return new ObjectMapper().readTree(answer);
    } finally {
      python.destroyForcibly();
    }
  }

  private void onlyRunsAndCachesAreWritten() throws IOException {
    Path sandbox = folder.resolve("sandbox");
    try (Stream<Path> files = Files.walk(sandbox)) {
      List<Path> written = files.filter(Files::isRegularFile).map(sandbox::relativize).toList();
      assertTrue(written.stream().anyMatch(file -> file.startsWith("notebooks/runs")));
      assertEquals(
          List.of(),
          written.stream()
              .filter(file -> !file.startsWith("notebooks/runs") && !file.startsWith("cache"))
              .toList());
    }
  }

  private static String text(File file) {
    try {
      return Files.readString(file.toPath());
    } catch (IOException e) {
      return e.toString();
    }
  }
}
