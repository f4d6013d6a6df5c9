package io.coppice.notebooks.kernel;

import io.coppice.framework.recipe.Explained;
import io.coppice.framework.recipe.StoppedException;
import io.coppice.notebooks.script.Reason;
import io.coppice.notebooks.script.Script;
import io.coppice.notebooks.script.ScriptException;
import io.coppice.notebooks.script.Trace;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Shows what went wrong in a cell: the reason, the cell's own line, and the way there. */
final class CellErrors {
  private static final int CONTEXT_LINES = 2;
  private static final int LONGEST_TRACE = 30;
  private static final Pattern JAVAS_OWN = Pattern.compile("(java|javax|jdk|sun)\\.");
  private static final String RED = "\u001b[1;31m";
  private static final String BOLD = "\u001b[1m";
  private static final String FAINT = "\u001b[2m";
  private static final String PLAIN = "\u001b[0m";

  private CellErrors() {}

  /** A cell that was stopped by its user. */
  static CellFailure interrupted(Throwable error) {
    String message =
        chain(error)
            .filter(StoppedException.class::isInstance)
            .findFirst()
            .map(Throwable::getMessage)
            .orElse("the cell was interrupted");
    List<String> lines = new ArrayList<>(List.of(RED + "Interrupted" + PLAIN + ": " + message));
    if (error instanceof ScriptException script) {
      lines.addAll(excerpt(script.script(), script.from(), script.from()));
    }
    return new CellFailure("Interrupted", message, lines, Optional.empty());
  }

  /** Whatever a cell failed with. */
  static CellFailure of(Throwable error) {
    if (!(error instanceof ScriptException script)) {
      String message = Reason.of(error);
      return new CellFailure(
          error.getClass().getSimpleName(), message, List.of(RED + message + PLAIN), stack(error));
    }
    return script.trace().map(trace -> thrown(script, trace)).orElseGet(() -> rejected(script));
  }

  private static CellFailure rejected(ScriptException error) {
    List<String> lines = new ArrayList<>();
    lines.add(RED + error.reason() + PLAIN);
    lines.addAll(excerpt(error.script(), error.from(), error.to()));
    error.hint().ifPresent(lines::add);
    return new CellFailure("CompilationError", error.reason(), lines, Optional.empty());
  }

  private static CellFailure thrown(ScriptException error, Trace trace) {
    String name = trace.type().replaceAll(".*[.$]", "");
    List<String> lines = new ArrayList<>();
    boolean explained = explained(error.getCause());
    String reason = error.reason();
    boolean named = explained || reason.startsWith(trace.type());
    lines.add(RED + (named ? reason : trace.type() + ": " + reason) + PLAIN);
    lines.addAll(excerpt(error.script(), error.from(), error.to()));
    if (explained) {
      return new CellFailure(name, reason, lines, stack(error.getCause()));
    }
    lines.addAll(frames(trace));
    trace.cause().ifPresent(cause -> lines.addAll(caused(cause)));
    String message = trace.message() == null ? "" : trace.message();
    return new CellFailure(name, message, lines, Optional.empty());
  }

  private static List<String> caused(Trace trace) {
    List<String> lines = new ArrayList<>();
    String message = trace.message() == null ? "" : ": " + trace.message();
    lines.add(RED + "Caused by " + trace.type() + message + PLAIN);
    lines.addAll(frames(trace));
    trace.cause().ifPresent(cause -> lines.addAll(caused(cause)));
    return lines;
  }

  private static List<String> frames(Trace trace) {
    List<String> lines = new ArrayList<>();
    for (Trace.Frame frame : trace.frames()) {
      if (lines.size() == LONGEST_TRACE) {
        lines.add(FAINT + "    ... " + (trace.frames().size() - LONGEST_TRACE) + " more" + PLAIN);
        break;
      }
      if (frame instanceof Trace.InScript place) {
        String method = place.method().isEmpty() ? "" : " in " + place.method();
        lines.add("    at %s, line %d%s".formatted(place.script().name(), place.line(), method));
      } else if (frame instanceof Trace.InClass place) {
        lines.add(FAINT + "    at " + place.element() + PLAIN);
      }
    }
    return lines;
  }

  /** The lines around a place, its own marked. */
  private static List<String> excerpt(Script script, int from, int to) {
    List<String> lines = new ArrayList<>();
    int marked = script.lineAt(from);
    int last = script.lineAt(script.text().length());
    lines.add(BOLD + script.name() + ", line " + marked + PLAIN);
    int first = Math.max(1, marked - CONTEXT_LINES);
    for (int line = first; line <= Math.min(last, marked + CONTEXT_LINES); line++) {
      String text = "%s %3d  %s".formatted(line == marked ? ">" : " ", line, script.line(line));
      lines.add(line == marked ? BOLD + text + PLAIN : FAINT + text + PLAIN);
      int column = from - script.startOf(line);
      if (line == marked && to > from) {
        int length = Math.max(1, Math.min(to - from, script.line(line).length() - column));
        lines.add("       " + " ".repeat(column) + RED + "^".repeat(length) + PLAIN);
      }
    }
    return lines;
  }

  /** Whether the message says all that a user needs. */
  private static boolean explained(Throwable error) {
    boolean file = error instanceof IOException || error instanceof UncheckedIOException;
    return error instanceof Explained || file && isOfCoppice(error);
  }

  /** Whether it was thrown by Coppice's code, or by what of Java's that code called. */
  private static boolean isOfCoppice(Throwable error) {
    return Arrays.stream(error.getStackTrace())
        .map(StackTraceElement::getClassName)
        .filter(name -> !JAVAS_OWN.matcher(name).lookingAt())
        .findFirst()
        .filter(name -> name.startsWith("io.coppice."))
        .isPresent();
  }

  private static Stream<Throwable> chain(Throwable error) {
    return Stream.iterate(error, cause -> cause != null, Throwable::getCause);
  }

  private static Optional<String> stack(Throwable error) {
    StringWriter text = new StringWriter();
    error.printStackTrace(new PrintWriter(text, true));
    return Optional.of(text.toString());
  }
}
