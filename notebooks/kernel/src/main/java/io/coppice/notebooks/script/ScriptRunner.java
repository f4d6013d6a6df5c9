package io.coppice.notebooks.script;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.UnresolvedReferenceException;

/**
 * Runs a script snippet by snippet in this process and on this thread, with the words of the
 * language imported.
 */
public final class ScriptRunner implements AutoCloseable {
  /** What every script begins with. */
  public static final Script IMPORTS = Script.resource(ScriptRunner.class, "imports.jsh");

  /** What scripts in a terminal find besides. */
  public static final Script TERMINAL =
      new Script("words", "import static " + TerminalWords.class.getName() + ".*;");

  private static final Set<Snippet.SubKind> SHOWN =
      EnumSet.of(
          Snippet.SubKind.VAR_VALUE_SUBKIND,
          Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND,
          Snippet.SubKind.OTHER_EXPRESSION_SUBKIND);

  /** Where a snippet starts in its script. */
  private record Place(Script script, int start) {
    ScriptException failure(int position, String reason) {
      return new ScriptException(
          script, position, position, reason, Optional.empty(), Optional.empty(), null);
    }
  }

  private final InProcess execution = new InProcess();
  private final JShell shell;
  private final Map<String, Place> places = new HashMap<>();

  /** A runner for a terminal, with the words of {@link TerminalWords}. */
  public ScriptRunner() {
    this(List.of(), TERMINAL);
  }

  /** A runner whose compiler has further options, and whose scripts find further words. */
  public ScriptRunner(List<String> compilerOptions, Script words) {
    shell =
        JShell.builder()
            .executionEngine(execution.provider(), Map.of())
            .compilerOptions(compilerOptions.toArray(String[]::new))
            .build();
    shell.addToClasspath(InProcess.OWN_CLASS_PATH);
    run(IMPORTS, value -> {});
    run(words, value -> {});
  }

  /** The compiler's knowledge of what can be written and what it means. */
  public SourceCodeAnalysis analysis() {
    return shell.sourceCodeAnalysis();
  }

  /** Scripts find the classes of this jar or folder from now on. */
  public void addToClassPath(Path path) {
    shell.addToClasspath(path.toString());
  }

  /**
   * Runs the script to its end.
   *
   * @param values is given the value of every expression and variable, in order, unless it is null
   * @throws ScriptException when a snippet does not compile or throws; its cause is what was thrown
   */
  public void run(Script script, Consumer<Object> values) {
    run(script, 0, script.text().length(), values);
  }

  /**
   * Runs a part of a script. As in JShell a line {@code /exit} ends it, and a statement may end
   * with its line instead of a semicolon.
   *
   * @param values is given the value of every expression and variable, in order, unless it is null
   * @return the value of the last snippet where that is an expression, or null
   * @throws ScriptException when a snippet does not compile or throws; its cause is what was thrown
   */
  public Object run(Script script, int from, int to, Consumer<Object> values) {
    Object last = null;
    int start = script.skipBlanks(from);
    int end = TerminalLines.command(script, start, to);
    while (start < end) {
      CompletionInfo info = analysis().analyzeCompletion(script.text().substring(start, end));
      Place place = new Place(script, start);
      boolean open = info.completeness() == Completeness.DEFINITELY_INCOMPLETE;
      if (open && end == to) {
        throw place.failure(start, "this statement has no end");
      }
      if (open) {
        end = TerminalLines.command(script, end + 1, to);
      } else {
        int next = end - info.remaining().length();
        try {
          last = evaluate(place, info.source(), values);
        } catch (ScriptException e) {
          if (!TerminalLines.endsStatement(e, script, start, next)) {
            throw e;
          }
          next = e.from();
          String line = script.text().substring(start, next);
          last = evaluate(place, analysis().analyzeCompletion(line).source(), values);
        }
        start = script.skipBlanks(next);
      }
    }
    if (end < to && !TerminalLines.isExit(script, end)) {
      throw new Place(script, end).failure(end, "of JShell's commands only /exit is known here");
    }
    return last;
  }

  /** Runs one snippet; its value where it is an expression, or null. */
  private Object evaluate(Place place, String source, Consumer<Object> values) {
    boolean shown = false;
    execution.forget();
    for (SnippetEvent event : shell.eval(source)) {
      if (event.causeSnippet() != null) {
        continue;
      }
      places.put(event.snippet().id(), place);
      if (event.exception() != null) {
        throw thrown(place, event.exception());
      }
      boolean mayWait = event.snippet().kind() != Snippet.Kind.VAR;
      if (event.status() == Snippet.Status.REJECTED
          || event.status() == Snippet.Status.RECOVERABLE_NOT_DEFINED
          || event.status() == Snippet.Status.RECOVERABLE_DEFINED && !mayWait) {
        throw rejected(place, event.snippet());
      }
      shown = SHOWN.contains(event.snippet().subKind());
    }
    if (execution.value() != null) {
      values.accept(execution.value());
    }
    return shown ? execution.value() : null;
  }

  private ScriptException thrown(Place place, JShellException exception) {
    if (exception instanceof UnresolvedReferenceException unresolved) {
      return place.failure(place.start, missing(unresolved.getSnippet()));
    }
    Throwable cause = execution.thrown();
    Trace trace = trace(exception);
    Trace.InScript at =
        trace
            .place()
            .orElseGet(
                () -> new Trace.InScript(place.script, place.script.lineAt(place.start), ""));
    int start = at.script().startOf(at.line());
    return new ScriptException(
        at.script(), start, start, Reason.of(cause), Optional.empty(), Optional.of(trace), cause);
  }

  private Trace trace(JShellException exception) {
    String type =
        exception instanceof EvalException thrown
            ? thrown.getExceptionClassName()
            : exception.getClass().getName();
    List<Trace.Frame> frames = Arrays.stream(exception.getStackTrace()).map(this::frame).toList();
    Optional<Trace> cause =
        exception.getCause() instanceof JShellException inner
            ? Optional.of(trace(inner))
            : Optional.empty();
    return new Trace(type, exception.getMessage(), frames, cause);
  }

  private Trace.Frame frame(StackTraceElement element) {
    String file = element.getFileName();
    Place place = file != null && file.startsWith("#") ? places.get(file.substring(1)) : null;
    if (place == null) {
      return new Trace.InClass(element);
    }
    int line = place.script.lineAt(place.start) + element.getLineNumber() - 1;
    return new Trace.InScript(place.script, line, element.getMethodName());
  }

  private ScriptException rejected(Place place, Snippet snippet) {
    Optional<Diag> error = shell.diagnostics(snippet).filter(Diag::isError).findFirst();
    if (error.isEmpty()) {
      return place.failure(place.start, missing((DeclarationSnippet) snippet));
    }
    int length = place.script.text().length();
    int position = Math.min(place.start + (int) error.get().getPosition(), length);
    int end = Math.min(place.start + (int) error.get().getEndPosition(), length);
    return new ScriptException(
        place.script,
        position,
        Math.max(position, end),
        sentence(error.get()),
        error.get().getCode().contains("cant.resolve")
            ? Meant.in(analysis(), place.script.text(), place.start, position)
            : Optional.empty(),
        Optional.empty(),
        null);
  }

  private String missing(DeclarationSnippet snippet) {
    return "not defined: "
        + shell.unresolvedDependencies(snippet).collect(Collectors.joining(", "));
  }

  /** The compiler's words in one line, without the class that wraps a snippet. */
  private static String sentence(Diag error) {
    return error
        .getMessage(Locale.ROOT)
        .lines()
        .map(line -> line.strip().replaceAll("\\s+", " "))
        .filter(line -> !line.isEmpty() && !line.startsWith("location:"))
        .collect(Collectors.joining("; "))
        .replace("cannot find symbol; symbol: ", "cannot find ");
  }

  @Override
  public void close() {
    shell.close();
  }
}
