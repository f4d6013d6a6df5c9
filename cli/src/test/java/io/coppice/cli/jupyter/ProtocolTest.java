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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The installed kernel as a process, driven by Jupyter's own client. */
@EnabledOnOs(OS.LINUX)
class ProtocolTest {
  private static final String PYTHON = "/usr/bin/python3";

  @TempDir Path folder;

  @TestFactory
  List<DynamicTest> theKernelSpeaksJupytersProtocol() throws Exception {
    Needs.that(hasJupyterClient(), Needs.missing("jupyter_client", "python3-jupyter-client"));
    JsonNode results = run(protocol());
    List<DynamicTest> tests = new ArrayList<>();
    results
        .fields()
        .forEachRemaining(
            check ->
                tests.add(
                    dynamicTest(
                        check.getKey(), () -> assertEquals("", check.getValue().asText()))));
    assertTrue(tests.size() > 20, results::toString);
    return tests;
  }

  private static boolean hasJupyterClient() throws Exception {
    if (!Files.isExecutable(Path.of(PYTHON))) {
      return false;
    }
    Process python = new ProcessBuilder(PYTHON, "-c", "import jupyter_client").start();
    return python.waitFor() == 0;
  }

  private Path protocol() throws IOException {
    try (var script = ProtocolTest.class.getResourceAsStream("protocol.py")) {
      return Files.write(folder.resolve("protocol.py"), script.readAllBytes());
    }
  }

  /** Runs the script in a folder of its own, with this kernel and no other. */
  private JsonNode run(Path script) throws Exception {
    Path data = folder.resolve("jupyter");
    KernelSpec installed =
        new KernelSpec(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Dai.djl.offline=true",
                "--add-opens=jdk.jshell/jdk.jshell=ALL-UNNAMED",
                "-Dcoppice.home=" + Path.of("..").toRealPath(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.coppice.cli.Main"),
            Map.of("OMP_NUM_THREADS", "1"));
    installed.install(data);
    File errors = folder.resolve("errors").toFile();
    ProcessBuilder builder =
        new ProcessBuilder(PYTHON, script.toString())
            .directory(Files.createDirectories(folder.resolve("notebooks")).toFile())
            .redirectError(errors);
    builder.environment().put("JUPYTER_PATH", data.toString());
    builder.environment().put("JUPYTER_RUNTIME_DIR", folder.resolve("runtime").toString());
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

  private static String text(File file) {
    try {
      return Files.readString(file.toPath());
    } catch (IOException e) {
      return e.toString();
    }
  }
}
