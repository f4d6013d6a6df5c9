package io.coppice.notebooks.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.coppice.cli.jupyter.KernelSpec;
import io.coppice.testing.Needs;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One notebook through real Jupyter, with the kernel installed. */
@Tag("slow")
class JupyterTest {
  private static final Path NBCONVERT = Path.of("/usr/bin/jupyter-nbconvert");
  private static final String NAME = "1-five-minutes.ipynb";

  @TempDir Path folder;

  @Test
  void nbconvertExecutes() throws Exception {
    Needs.that(
        Files.isExecutable(NBCONVERT),
        Needs.missing("nbconvert", "jupyter-nbconvert python3-nbclient"));
    Path data = folder.resolve("jupyter");
    kernel().install(data);
    Path given = folder.resolve(NAME);
    Files.copy(Notebook.folder().resolve(NAME), given);
    File log = folder.resolve("log").toFile();
    ProcessBuilder builder =
        new ProcessBuilder(
                NBCONVERT.toString(),
                "--to=notebook",
                "--execute",
                "--output=executed.ipynb",
                given.toString())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log);
    builder.environment().put("JUPYTER_PATH", data.toString());
    builder.environment().put("JUPYTER_RUNTIME_DIR", folder.resolve("runtime").toString());
    Process process = builder.start();
    try {
      assertTrue(process.waitFor(10, TimeUnit.MINUTES), "nbconvert does not end");
      assertEquals(0, process.exitValue(), Files.readString(log.toPath()));
    } finally {
      process.destroyForcibly();
    }
    for (JsonNode cell : Notebook.read(folder.resolve("executed.ipynb")).codeCells()) {
      assertFalse(cell.path("execution_count").isNull(), Notebook.source(cell));
      Shown.keepsPromises(cell, result(cell));
    }
  }

  /** This build's kernel: the launcher would wait for the build that runs this test. */
  private static KernelSpec kernel() {
    return new KernelSpec(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-Dai.djl.offline=true",
            "--add-opens=jdk.jshell/jdk.jshell=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            "io.coppice.cli.Main"),
        Map.of("OMP_NUM_THREADS", "1"));
  }

  private static Map<String, String> result(JsonNode cell) {
    Map<String, String> texts = new HashMap<>();
    for (JsonNode output : cell.path("outputs")) {
      if (output.path("output_type").asText().equals("execute_result")) {
        output.path("data").fields().forEachRemaining(e -> texts.put(e.getKey(), text(e)));
      }
    }
    return texts;
  }

  private static String text(Map.Entry<String, JsonNode> data) {
    if (!data.getValue().isArray()) {
      return data.getValue().asText();
    }
    StringBuilder text = new StringBuilder();
    data.getValue().forEach(line -> text.append(line.asText()));
    return text.toString();
  }
}
