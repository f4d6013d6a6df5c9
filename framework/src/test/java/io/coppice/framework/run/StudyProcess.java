package io.coppice.framework.run;

import io.coppice.framework.method.Dense;
import io.coppice.framework.training.Toy;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A study in a Java process of its own, which prints a line for all that it does. */
final class StudyProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader lines;

  /** Starts the study on the store in {@code root}. */
  StudyProcess(Path root, int epochs) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dai.djl.pytorch.num_threads=1",
            "-Dai.djl.pytorch.num_interop_threads=1",
            "-Dai.djl.offline=true",
            "-cp",
            System.getProperty("java.class.path"),
            StudyProcess.class.getName(),
            root.toString(),
            Integer.toString(epochs));
    builder.redirectError(ProcessBuilder.Redirect.to(new File(root.toFile(), "stderr.txt")));
    process = builder.start();
    lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static Study study(int epochs) {
    return ToyStudy.of(400, epochs, List.of(1L, 2L), new Dense(), new Toy.Erosion("erosion", 0.05));
  }

  /** The next line the process prints, or null when it has ended. */
  String line() throws IOException {
    return lines.readLine();
  }

  /** Ends the process as {@code kill -9} does; what it has printed can still be read. */
  void kill() throws InterruptedException {
    process.toHandle().destroyForcibly();
    process.waitFor();
  }

  int exitCode() throws InterruptedException {
    return process.waitFor();
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    lines.close();
  }

  public static void main(String[] arguments) {
    study(Integer.parseInt(arguments[1])).run(new RunStore(Path.of(arguments[0])), new Printing());
  }

  /** Prints what a recorder would keep. */
  private static final class Printing extends Recorder {
    @Override
    void say(String line) {
      System.out.println(line);
    }
  }
}
