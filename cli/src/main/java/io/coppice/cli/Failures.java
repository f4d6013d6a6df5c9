package io.coppice.cli;

import io.coppice.framework.data.DataException;
import io.coppice.framework.recipe.Explained;
import io.coppice.framework.recipe.StoppedException;
import io.coppice.notebooks.script.Reason;
import io.coppice.notebooks.script.ScriptException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** What went wrong, in a line, and the exit code that tells its kind. */
final class Failures implements IExecutionExceptionHandler {
  private final Terminal terminal;
  private final BooleanSupplier debug;
  private final BooleanSupplier interrupted;

  Failures(Terminal terminal, BooleanSupplier debug, BooleanSupplier interrupted) {
    this.terminal = terminal;
    this.debug = debug;
    this.interrupted = interrupted;
  }

  @Override
  public int handleExecutionException(Exception error, CommandLine command, ParseResult parsed) {
    return tell(error, command.getErr());
  }

  /** Says it in a line, and returns the exit code. */
  int tell(Throwable error, PrintWriter err) {
    int code = code(error);
    err.print(terminal.clear());
    if (code == ExitCode.INTERRUPTED) {
      err.println("coppice: stopped; what is trained is stored, and the same command resumes it");
    } else {
      err.println("coppice: " + Reason.of(error));
    }
    if (debug.getAsBoolean()) {
      error.printStackTrace(err);
    } else if (code != ExitCode.INTERRUPTED && !explained(error)) {
      err.println("COPPICE_DEBUG=1 or --debug shows where.");
    }
    err.flush();
    return code;
  }

  private int code(Throwable error) {
    if (interrupted.getAsBoolean() || caused(error, StoppedException.class)) {
      return ExitCode.INTERRUPTED;
    }
    if (caused(error, DataException.class)) {
      return ExitCode.DATA;
    }
    if (caused(error, IOException.class)) {
      return ExitCode.FAILURE;
    }
    return error instanceof ScriptException ? ExitCode.STUDY : ExitCode.FAILURE;
  }

  /** Whether the message says all that a user needs. */
  private static boolean explained(Throwable error) {
    return error instanceof ScriptException && error.getCause() == null
        || caused(error, Explained.class)
        || caused(error, IOException.class);
  }

  private static boolean caused(Throwable error, Class<?> kind) {
    return Stream.iterate(error, e -> e != null, Throwable::getCause).anyMatch(kind::isInstance);
  }
}
