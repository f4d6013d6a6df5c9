package io.coppice.cli.jupyter;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** This machine's Jupyter with its user interface. */
public record JupyterProgram(Path file) {
  /** How Debian and Ubuntu install it. */
  public static final String APT_LINE =
      "apt-get install -y --no-install-recommends jupyter-notebook";

  private static final List<String> NAMES = List.of("jupyter-notebook", "jupyter-lab");

  /** The first that the folders of {@code PATH} hold. */
  public static Optional<JupyterProgram> find(String path) {
    return first(path, NAMES).map(JupyterProgram::new);
  }

  static Optional<Path> first(String path, List<String> names) {
    return names.stream()
        .flatMap(
            name ->
                Arrays.stream(Optional.ofNullable(path).orElse("").split(File.pathSeparator))
                    .map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Serves a folder to this machine alone, under Jupyter's token, until the user ends it or the
   * thread is interrupted.
   *
   * @return Jupyter's exit code
   */
  public int serve(Path folder, Optional<Integer> port, boolean browser) throws IOException {
    Process process = new ProcessBuilder(command(folder, port, browser)).inheritIO().start();
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      return ended(process);
    }
  }

  List<String> command(Path folder, Optional<Integer> port, boolean browser) {
    List<String> command = new ArrayList<>(List.of(file.toString(), "--ip=127.0.0.1"));
    command.add("--notebook-dir=" + folder.toAbsolutePath().normalize());
    port.ifPresent(number -> command.add("--port=" + number));
    if (!browser) {
      command.add("--no-browser");
    }
    if ("root".equals(System.getProperty("user.name"))) {
      command.add("--allow-root");
    }
    return command;
  }

  /** A terminated Jupyter ends its kernels first. */
  private static int ended(Process process) {
    process.destroy();
    return process.onExit().join().exitValue();
  }
}
