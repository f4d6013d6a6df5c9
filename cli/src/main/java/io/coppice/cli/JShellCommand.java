package io.coppice.cli;

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
    Path words = startUp();
    try {
      List<String> arguments =
          new ArrayList<>(
              List.of(
                  "--class-path",
                  classPath(),
                  "--execution",
                  "local",
                  "--startup",
                  "DEFAULT",
                  "--startup",
                  words.toString()));
      arguments.addAll(files);
      return JavaShellToolBuilder.builder().start(arguments.toArray(String[]::new));
    } finally {
      Files.deleteIfExists(words);
    }
  }

  /** What is there of this process's class path: JShell refuses what is not. */
  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(path -> Files.exists(Path.of(path)))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static Path startUp() throws IOException {
    Path file = Files.createTempFile("coppice", ".jsh");
    StringBuilder text = new StringBuilder();
    for (Script script : List.of(ScriptRunner.IMPORTS, ScriptRunner.TERMINAL)) {
      text.append(script.text()).append('\n');
    }
    return Files.writeString(file, text);
  }
}
