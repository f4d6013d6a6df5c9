package io.coppice.cli;

import io.coppice.notebooks.script.Script;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The first study: real methods on a real benchmark, in minutes. */
@Command(
    name = "quickstart",
    description = "Compare sparsity methods on MNIST-1D in a few minutes, and save a report.")
final class QuickstartCommand implements Callable<Integer> {
  static final Script STUDY = Script.resource(QuickstartCommand.class, "quickstart.jsh");
  private static final String SEEDS = ".seeds(1, 2, 3)";

  private final Terminal terminal;

  @Spec private CommandSpec spec;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "coppice-out/quickstart",
      description = "Where the report is saved (${DEFAULT-VALUE}).")
  private Path folder;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "3",
      description = "How many runs of each method (${DEFAULT-VALUE}).")
  private int seeds;

  @Option(names = "--show", description = "Print the study instead, as a start for your own.")
  private boolean show;

  @Mixin private StudyOptions study;

  QuickstartCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (seeds < 1) {
      throw new ParameterException(
          spec.commandLine(), "--seeds is " + seeds + "; allowed: an integer of at least 1");
    }
    Script script = withSeeds(seeds);
    PrintWriter out = spec.commandLine().getOut();
    if (show) {
      out.print(script.text());
      out.flush();
    } else {
      study.run(script, folder, terminal, out);
    }
    return ExitCode.OK;
  }

  /** The study with the seeds 1 to {@code count}. */
  static Script withSeeds(int count) {
    String words =
        LongStream.rangeClosed(1, count).mapToObj(Long::toString).collect(Collectors.joining(", "));
    return new Script(STUDY.name(), STUDY.text().replace(SEEDS, ".seeds(" + words + ")"));
  }
}
