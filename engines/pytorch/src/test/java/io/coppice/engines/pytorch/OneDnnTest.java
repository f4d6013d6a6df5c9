package io.coppice.engines.pytorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class OneDnnTest {

  @Test
  void convolutionsAreRightOnceTheEngineHasStarted() {
    new PyTorchSupport().start();
    assertTrue(OneDnn.isSound());
  }

  /** In a process of its own, which has switched nothing off. */
  @Test
  void isLeftOutWhereItIsWrong() throws Exception {
    ProcessBuilder trial =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Dai.djl.offline=true",
                Trial.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    trial.environment().remove("ONEDNN_MAX_CPU_ISA");
    Process process = trial.start();
    try (BufferedReader out = process.inputReader()) {
      List<String> lines = out.lines().toList();
      assertEquals(0, process.waitFor());
      assertEquals(
          lines.get(0).equals("sound"), lines.get(1).equals("Optional.empty"), lines::toString);
    }
  }

  /** Says whether the engine convolves rightly as it comes, then what Coppice leaves out. */
  static final class Trial {
    public static void main(String[] arguments) {
      System.out.println(OneDnn.isSound() ? "sound" : "wrong");
      PyTorchSupport support = new PyTorchSupport();
      support.start();
      System.out.println(support.omission());
    }
  }
}
