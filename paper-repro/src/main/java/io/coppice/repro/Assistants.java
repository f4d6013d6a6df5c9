package io.coppice.repro;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Further processes of this program that work on the same store. Each lives as long as its standard
 * input is open: one that has lost its parent, however that ended, ends too.
 */
public final class Assistants implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 90;

  private final List<Process> processes = new ArrayList<>();
  private final Consumer<String> warning;

  /**
   * Starts so many processes.
   *
   * @param main the program's main class
   * @param arguments of each
   * @param warning is told of one that failed
   */
  public Assistants(int count, String main, List<String> arguments, Consumer<String> warning) {
    this.warning = warning;
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
    command.addAll(arguments);
    try {
      for (int i = 0; i < count; i++) {
        processes.add(
            new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
      }
    } catch (IOException e) {
      close();
      throw new UncheckedIOException("cannot start a second process: " + e.getMessage(), e);
    }
  }

  /** In an assistant: ends this process when its parent has ended or wants it to. */
  public static void endWithParent(InputStream parent) {
    Thread watch =
        new Thread(
            () -> {
              try {
                while (parent.read() >= 0) {
                  continue;
                }
              } catch (IOException e) {
                // a broken pipe says the same
              }
              System.exit(0);
            },
            "end with parent");
    watch.setDaemon(true);
    watch.start();
  }

  /** Lets them go; what they are training resumes another time. */
  @Override
  public void close() {
    for (Process process : processes) {
      if (!process.isAlive() && process.exitValue() != 0) {
        warning.accept("a second process ended early, with exit code " + process.exitValue());
      }
      try {
        process.getOutputStream().close();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (IOException e) {
        process.destroy();
      } catch (InterruptedException e) {
        process.destroy();
        Thread.currentThread().interrupt();
      }
    }
  }
}
