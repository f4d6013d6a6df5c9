package io.coppice.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The help of the launcher's own command: it runs Maven without Coppice being built. */
@Command(
    name = "test",
    description = "Build everything and run all tests but the slow ones, with Maven.")
final class TestCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(names = "--all", description = "Run the slow tests too.")
  private boolean all;

  @Parameters(arity = "0..*", paramLabel = "ARGUMENT", description = "Passed on to Maven.")
  private List<String> arguments;

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(), "tests are run by the launcher: write 'test' as its first argument");
  }
}
