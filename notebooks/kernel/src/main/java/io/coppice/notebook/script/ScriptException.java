package io.coppice.notebook.script;

import java.util.Optional;

/** A script that does not compile, or that threw: its message names the file, the line and why. */
public final class ScriptException extends RuntimeException {

  ScriptException(Script script, int line, String reason, Optional<String> hint, Throwable cause) {
    super(
        "%s:%d: %s%n    %s%s"
            .formatted(
                script.name(),
                line,
                reason,
                script.line(line).strip(),
                hint.map(text -> System.lineSeparator() + text).orElse("")),
        cause);
  }
}
