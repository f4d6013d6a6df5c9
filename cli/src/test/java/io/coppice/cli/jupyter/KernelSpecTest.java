package io.coppice.cli.jupyter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelSpecTest {

  @TempDir Path data;

  @Test
  void isWrittenAndRemoved() throws Exception {
    KernelSpec spec = KernelSpec.of(Path.of("a \"home\""), Map.of("JAVA_HOME", "j", "X", "y"));
    Path folder = spec.install(data);
    assertEquals(data.resolve("kernels/coppice"), folder);
    JsonNode json = new ObjectMapper().readTree(folder.resolve("kernel.json").toFile());
    assertEquals(Path.of("a \"home\"", "coppice").toString(), json.get("argv").get(0).asText());
    assertEquals("{connection_file}", json.get("argv").get(3).asText());
    assertEquals("message", json.get("interrupt_mode").asText());
    assertEquals("{\"JAVA_HOME\":\"j\"}", json.get("env").toString());
    spec.install(data);
    assertTrue(KernelSpec.uninstall(data));
    assertFalse(Files.exists(folder));
    assertFalse(KernelSpec.uninstall(data));
  }

  @Test
  void jupytersFoldersAreKnown() {
    Path home = Path.of("h");
    assertEquals(Path.of("h/.local/share/jupyter"), JupyterFolders.ofUser(Map.of(), "Linux", home));
    assertEquals(
        Path.of("x/jupyter"), JupyterFolders.ofUser(Map.of("XDG_DATA_HOME", "x"), "Linux", home));
    assertEquals(
        Path.of("d"), JupyterFolders.ofUser(Map.of("JUPYTER_DATA_DIR", "d"), "Linux", home));
    assertEquals(Path.of("h/Library/Jupyter"), JupyterFolders.ofUser(Map.of(), "Mac OS X", home));
    assertEquals(
        Path.of("a/jupyter"), JupyterFolders.ofUser(Map.of("APPDATA", "a"), "Windows 11", home));
    assertTrue(JupyterFolders.ofPrefix(Path.of("p")).endsWith("p/share/jupyter"));
  }
}
