package io.coppice.notebooks.kernel;

import io.coppice.framework.storage.CacheFolder;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** This machine's Maven. */
final class MavenProgram {
  private static final String GOAL =
      "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath";

  private MavenProgram() {}

  /** As below, of a project that is this text. */
  static List<Path> classPath(String pom, String scope) throws IOException, InterruptedException {
    Path folder = temporary();
    Path project = folder.resolve("pom.xml");
    try {
      return classPath(Files.writeString(project, pom), scope);
    } finally {
      Files.deleteIfExists(project);
      Files.deleteIfExists(folder);
    }
  }

  /**
   * The jars of a project's dependencies, those of its scope.
   *
   * @throws IOException when there is no Maven or it cannot find them; it tells what Maven said
   */
  static List<Path> classPath(Path project, String scope) throws IOException, InterruptedException {
    Path folder = temporary();
    Path answer = folder.resolve("classpath");
    Path log = folder.resolve("log");
    try {
      if (!run(project, answer, log, scope, "-o") && !run(project, answer, log, scope)) {
        throw new IOException("Maven cannot resolve this:\n" + errors(log));
      }
      return Arrays.stream(Files.readString(answer).strip().split(File.pathSeparator))
          .filter(path -> !path.isEmpty())
          .map(Path::of)
          .toList();
    } finally {
      for (Path file : List.of(answer, log, folder)) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static Path temporary() throws IOException {
    return Files.createTempDirectory(Files.createDirectories(CacheFolder.of("notebook")), "maven");
  }

  private static boolean run(Path project, Path answer, Path log, String scope, String... options)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("mvn", "-B", "-q", "-N", "-f", project.toString()));
    command.addAll(List.of(options));
    command.addAll(List.of(GOAL, "-Dmdep.outputFile=" + answer, "-DincludeScope=" + scope));
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
              .start();
    } catch (IOException e) {
      throw new IOException("%maven needs Maven: apt-get install -y maven", e);
    }
    try {
      return process.waitFor() == 0;
    } finally {
      process.destroy();
    }
  }

  private static String errors(Path log) throws IOException {
    return Files.readAllLines(log).stream()
        .filter(line -> line.startsWith("[ERROR]"))
        .limit(5)
        .collect(Collectors.joining("\n"));
  }
}
