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
        return unknown("option", wrong, spec.optionsMap().keySet());
      }
      if (!spec.subcommands().isEmpty()) {
        return unknown("command", wrong, spec.subcommands().keySet());
      }
      return "'" + wrong + "' is one argument too many";
    }
    return error.getMessage();
  }

  /** Says that there is no such thing, and which one was probably meant. */
  static String unknown(String kind, String wrong, Collection<String> names) {
    return "there is no "
        + kind
        + " '"
        + wrong
        + "'"
        + Nearest.to(wrong, names).map(name -> "; did you mean '" + name + "'?").orElse("");
  }
}
