package io.coppice.notebooks.script;

import java.util.Optional;

/** A script that does not compile, or that threw: its message names the file, the line and why. */
public final class ScriptException extends RuntimeException {
  private final transient Script script;
  private final int from;
  private final int to;
  private final String reason;
  private final transient Optional<String> hint;
  private final transient Optional<Trace> trace;

  ScriptException(
      Script script,
      int from,
      int to,
      String reason,
      Optional<String> hint,
      Optional<Trace> trace,
      Throwable cause) {
    super(
        "%s:%d: %s%n    %s%s"
            .formatted(
                script.name(),
                script.lineAt(from),
                reason,
                script.line(script.lineAt(from)).strip(),
                hint.map(text -> System.lineSeparator() + text).orElse("")),
        cause);
    this.script = script;
    this.from = from;
    this.to = to;
    this.reason = reason;
    this.hint = hint;
    this.trace = trace;
  }

  /** The script whose line this is about. */
  public Script script() {
    return script;
  }

  /** The first character of what is wrong. */
  public int from() {
    return from;
  }

  /** The character after what is wrong; the first one where only the line is known. */
  public int to() {
    return to;
  }

  /** Why, in a line. */
  public String reason() {
    return reason;
  }

  /** What was probably meant. */
  public Optional<String> hint() {
    return hint;
  }

  /** What was thrown and from where; empty for a script that does not compile. */
  public Optional<Trace> trace() {
    return trace;
  }
}
