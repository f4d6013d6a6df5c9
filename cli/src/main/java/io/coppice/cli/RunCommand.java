package io.coppice.cli;

import io.coppice.notebooks.script.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a study that the user has written. */
@Command(name = "run", description = "Run a study written in a .jsh file.")
final class RunCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE.jsh",
      description = "Java statements; the words of the language are imported.")
  private Path file;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Save the results there: report.html, charts and tables.")
  private Path folder;

  @Mixin private StudyOptions study;

  RunCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    if (!Files.isRegularFile(file)) {
      throw UsageErrors.unknown(spec.commandLine(), "file", file.toString(), scriptsNearby());
    }
    study.run(Script.read(file), folder, terminal, spec.commandLine().getOut());
    return ExitCode.OK;
  }

  private List<String> scriptsNearby() throws IOException {
    Path parent = file.toAbsolutePath().normalize().getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(parent)) {
      return files
          .filter(candidate -> candidate.toString().endsWith(".jsh"))
          .map(candidate -> file.resolveSibling(candidate.getFileName()).toString())
          .toList();
    }
  }
}
