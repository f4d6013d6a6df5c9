package io.coppice.notebook.script;

import io.coppice.framework.recipe.Nearest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.SourceCodeAnalysis.Suggestion;
import jdk.jshell.UnresolvedReferenceException;

/**
 * Runs a script snippet by snippet in this process and on this thread, with the words of the
 * language imported.
 */
public final class ScriptRunner implements AutoCloseable {
  private static final Script IMPORTS = Script.resource(ScriptRunner.class, "imports.jsh");

  /** Where a snippet starts in its script. */
  private record Place(Script script, int start) {
    ScriptException failure(int position, String reason) {
      return new ScriptException(script, script.lineAt(position), reason, Optional.empty(), null);
    }
  }

  private final InProcess execution = new InProcess();
  private final JShell shell;
  private final Map<String, Place> places = new HashMap<>();

  public ScriptRunner() {
    shell =
        JShell.builder()
            .executionEngine(execution.provider(), Map.of())
            .compilerOptions("--class-path", System.getProperty("java.class.path"))
            .build();
    run(IMPORTS, value -> {});
  }

  /**
   * Runs the script to its end.
   *
   * @param values is given the value of every expression and variable, in order, unless it is null
   * @throws ScriptException when a snippet does not compile or throws; its cause is what was thrown
   */
  public void run(Script script, Consumer<Object> values) {
    int start = script.skipBlanks(0);
    while (start < script.text().length()) {
      CompletionInfo info =
          shell.sourceCodeAnalysis().analyzeCompletion(script.text().substring(start));
      Place place = new Place(script, start);
      if (info.completeness() == Completeness.DEFINITELY_INCOMPLETE) {
        throw place.failure(start, "the file ends inside this statement");
      }
      evaluate(place, info.source(), values);
      start = script.skipBlanks(script.text().length() - info.remaining().length());
    }
  }

  private void evaluate(Place place, String source, Consumer<Object> values) {
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
    }
    if (execution.value() != null) {
      values.accept(execution.value());
    }
  }

  private ScriptException thrown(Place place, JShellException exception) {
    if (exception instanceof UnresolvedReferenceException unresolved) {
      return place.failure(place.start, missing(unresolved.getSnippet()));
    }
    Throwable cause = execution.thrown();
    return Arrays.stream(exception.getStackTrace())
        .filter(frame -> frame.getFileName() != null && frame.getFileName().startsWith("#"))
        .findFirst()
        .map(
            frame -> {
              Place at = places.get(frame.getFileName().substring(1));
              int line = at.script.lineAt(at.start) + frame.getLineNumber() - 1;
              return new ScriptException(
                  at.script, line, Reason.of(cause), Optional.empty(), cause);
            })
        .orElseGet(
            () ->
                new ScriptException(
                    place.script,
                    place.script.lineAt(place.start),
                    Reason.of(cause),
                    Optional.empty(),
                    cause));
  }

  private ScriptException rejected(Place place, Snippet snippet) {
    Optional<Diag> error = shell.diagnostics(snippet).filter(Diag::isError).findFirst();
    if (error.isEmpty()) {
      return place.failure(place.start, missing((DeclarationSnippet) snippet));
    }
    int position =
        Math.min(place.start + (int) error.get().getPosition(), place.script.text().length());
    return new ScriptException(
        place.script,
        place.script.lineAt(position),
        sentence(error.get()),
        error.get().getCode().contains("cant.resolve") ? meant(place, position) : Optional.empty(),
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

  /** What could stand at this place instead of the name that stands there. */
  private Optional<String> meant(Place place, int position) {
    String text = place.script.text();
    int from = position;
    while (from < text.length() && !Character.isJavaIdentifierStart(text.charAt(from))) {
      from++;
    }
    int to = from;
    while (to < text.length() && Character.isJavaIdentifierPart(text.charAt(to))) {
      to++;
    }
    String word = text.substring(from, to);
    boolean call = text.startsWith("(", to);
    String before = text.substring(place.start, from);
    List<String> possible =
        shell
            .sourceCodeAnalysis()
            .completionSuggestions(before, before.length(), new int[1])
            .stream()
            .map(Suggestion::continuation)
            .filter(name -> name.contains("(") == call)
            .map(name -> name.replaceAll("\\(.*", "").strip())
            .filter(name -> name.regionMatches(true, 0, word, 0, 1) && !name.equals(word))
            .toList();
    return Nearest.to(word, possible).map(name -> "Did you mean '" + name + "'?");
  }

  @Override
  public void close() {
    shell.close();
  }
}
