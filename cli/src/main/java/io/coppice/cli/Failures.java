package io.coppice.cli;

import io.coppice.cli.script.ScriptException;
import io.coppice.framework.data.DataException;
import io.coppice.framework.recipe.RecipeException;
import io.coppice.framework.training.TrainingInterruptedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
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
    PrintWriter err = command.getErr();
    int code = code(error);
    err.print(terminal.clear());
    if (code == ExitCode.INTERRUPTED) {
      err.println("coppice: stopped; what is trained is stored, and the same command resumes it");
    } else {
      err.println("coppice: " + message(error));
    }
    if (debug.getAsBoolean()) {
      error.printStackTrace(err);
    } else if (code == ExitCode.FAILURE || code == ExitCode.STUDY && !said(error)) {
      err.println("COPPICE_DEBUG=1 or --debug shows where.");
    }
    err.flush();
    return code;
  }

  private int code(Throwable error) {
    if (interrupted.getAsBoolean() || caused(error, TrainingInterruptedException.class)) {
      return ExitCode.INTERRUPTED;
    }
    if (caused(error, DataException.class)) {
      return ExitCode.DATA;
    }
    boolean study = error instanceof ScriptException || caused(error, RecipeException.class);
    return study ? ExitCode.STUDY : ExitCode.FAILURE;
  }

  /** Whether the message says all that a user needs. */
  private static boolean said(Throwable error) {
    return error.getCause() == null
        || caused(error, DataException.class)
        || caused(error, RecipeException.class);
  }

  private static boolean caused(Throwable error, Class<? extends Throwable> kind) {
    return Stream.iterate(error, e -> e != null, Throwable::getCause).anyMatch(kind::isInstance);
  }

  private static String message(Throwable error) {
    if (error instanceof UncheckedIOException unchecked) {
      return message(unchecked.getCause());
    }
    if (error instanceof FileSystemException file) {
      return file.getFile() + " " + reason(file);
    }
    if (error instanceof IOException && error.getMessage() != null) {
      return error.getMessage();
    }
    boolean ours = error.getClass().getName().startsWith("io.coppice.");
    return ours && error.getMessage() != null ? error.getMessage() : error.toString();
  }

  /** The operating system's reason, which these exceptions carry in their class alone. */
  private static String reason(FileSystemException error) {
    if (error instanceof NoSuchFileException) {
      return "does not exist";
    }
    if (error instanceof AccessDeniedException) {
      return "may not be read or written by this user";
    }
    if (error instanceof FileAlreadyExistsException || error instanceof NotDirectoryException) {
      return "is not a folder";
    }
    return "cannot be used: " + error.getReason();
  }
}
