package io.coppice.notebooks.script;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** What an exception says to someone who does not read Java. */
public final class Reason {
  private Reason() {}

  /** One line: Coppice's own messages are sentences, others need what only their class says. */
  public static String of(Throwable error) {
    if (error instanceof FileSystemException file) {
      return file.getFile() + " " + reason(file);
    }
    if (error instanceof UncheckedIOException wrapper) {
      return worded(wrapper);
    }
    boolean sentence =
        error instanceof IOException || error.getClass().getName().startsWith("io.coppice.");
    return sentence && error.getMessage() != null ? error.getMessage() : error.toString();
  }

  /** The wrapper's message, where its cause's own words are at its end with better ones there. */
  private static String worded(UncheckedIOException wrapper) {
    IOException cause = wrapper.getCause();
    String message = wrapper.getMessage();
    if (message == null || message.equals(cause.toString())) {
      return of(cause);
    }
    String end = cause.getMessage();
    return end != null && message.endsWith(end)
        ? message.substring(0, message.length() - end.length()) + of(cause)
        : message;
  }

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
