package io.coppice.cli;

import io.coppice.framework.recipe.Nearest;
import java.util.Collection;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** A wrong command line becomes one sentence with the right name, and the way to the help. */
final class UsageErrors implements IParameterExceptionHandler {

  @Override
  public int handleParseException(ParameterException error, String[] arguments) {
    CommandLine command = error.getCommandLine();
    command
        .getErr()
        .printf(
            "coppice: %s%nSee '%s --help'.%n",
            message(error), command.getCommandSpec().qualifiedName());
    command.getErr().flush();
    return ExitCode.USAGE;
  }

  private static String message(ParameterException error) {
    if (error instanceof UnmatchedArgumentException unmatched
        && !unmatched.getUnmatched().isEmpty()) {
      String wrong = unmatched.getUnmatched().get(0);
      CommandSpec spec = error.getCommandLine().getCommandSpec();
      if (wrong.startsWith("-")) {
        return Nearest.sentence("option", wrong, spec.optionsMap().keySet());
      }
      if (!spec.subcommands().isEmpty()) {
        return Nearest.sentence("command", wrong, spec.subcommands().keySet());
      }
      return "'" + wrong + "' is one argument too many";
    }
    return error.getMessage();
  }

  /** There is no such thing; tells which one was probably meant, or all. */
  static ParameterException unknown(
      CommandLine command, String kind, String wrong, Collection<String> names) {
    return new ParameterException(command, Nearest.sentence(kind, wrong, names));
  }
}
