package io.coppice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelEnvironmentCommandTest {

  @Test
  void namesWhatIsThereForBothKernels(@TempDir Path folder) throws Exception {
    Path own = Files.createDirectory(folder.resolve("own"));
    Path jar = Files.createFile(folder.resolve("a.jar"));
    Map<String, String> variables =
        KernelEnvironmentCommand.variables(
            Path.of(".."),
            jar + File.pathSeparator + folder.resolve("absent") + File.pathSeparator + own,
            own);
    assertEquals(
        List.of(
            "IJAVA_CLASSPATH",
            "IJAVA_STARTUP_SCRIPTS_PATH",
            "JJAVA_CLASSPATH",
            "JJAVA_STARTUP_SCRIPTS_PATH"),
        List.copyOf(variables.keySet()));
    assertEquals(jar.toString(), variables.get("IJAVA_CLASSPATH"));
    String[] scripts = variables.get("JJAVA_STARTUP_SCRIPTS_PATH").split(File.pathSeparator);
    assertEquals(2, scripts.length);
    for (String script : scripts) {
      assertTrue(Files.isRegularFile(Path.of(script)), script);
    }
    assertTrue(Files.readString(Path.of(scripts[1])).contains("Renderers.register()"));
  }
}
