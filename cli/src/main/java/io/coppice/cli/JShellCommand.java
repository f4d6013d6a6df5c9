package io.coppice.cli;

import io.coppice.notebooks.script.LineByLine;
import io.coppice.notebooks.script.Script;
import io.coppice.notebooks.script.ScriptRunner;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jshell.tool.JavaShellToolBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Java's own shell with the words of the language. */
@Command(
    name = "jshell",
    description = "Start JShell with the framework imported; show(x) prints anything readably.")
final class JShellCommand implements Callable<Integer> {
  private final Runnable nothingToSave;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "FILE",
      description = "Snippets to run first; '-' reads them from standard input.")
  private List<String> files = new ArrayList<>();

  /** A shell that is told to {@code nothingToSave} before it waits for its user. */
  JShellCommand(Runnable nothingToSave) {
    this.nothingToSave = nothingToSave;
  }

  @Override
  public Integer call() throws Exception {
    nothingToSave.run();
    Path folder = Files.createTempDirectory("coppice");
    try {
      Path words = Files.writeString(folder.resolve("words.jsh"), words());
      List<String> arguments =
          new ArrayList<>(
              List.of(
                  "--class-path",
                  classPath(),
                  "--execution",
                  "local",
                  "--startup",
                  words.toString()));
      for (String file : files) {
        arguments.add(lineByLine(file, folder));
      }
      return JavaShellToolBuilder.builder().start(arguments.toArray(String[]::new));
    } finally {
      delete(folder);
    }
  }

  /** What is there of this process's class path: JShell refuses what is not. */
  static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(path -> Files.exists(Path.of(path)))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** A file as JShell reads it; what is no file, JShell itself knows or refuses. */
  private static String lineByLine(String name, Path folder) throws IOException {
    if (name.equals("-") || !Files.isRegularFile(Path.of(name))) {
      return name;
    }
    String joined = LineByLine.joined(Script.read(Path.of(name)).text());
    return Files.writeString(Files.createTempFile(folder, "script", ".jsh"), joined).toString();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  /** What {@code coppice run} imports too, so that both take the same files. */
  static String words() {
    return Stream.of(ScriptRunner.IMPORTS, ScriptRunner.TERMINAL)
        .map(Script::text)
        .collect(Collectors.joining("\n"));
  }
}
