package io.coppice.notebooks.kernel;

import io.coppice.notebooks.script.Script;
import io.coppice.notebooks.script.ScriptRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** How a kernel begins with its user's settings; what goes wrong is told by the first cell. */
final class StartUp {
  private final Settings settings;
  private final List<String> failures = new ArrayList<>();

  StartUp(Settings settings) {
    this.settings = settings;
    failures.addAll(settings.problems());
  }

  /** A runner with the class path, and with the compiler's options where it takes them. */
  ScriptRunner runner() {
    ScriptRunner runner = compiling(settings.compilerOptions());
    settings.classPath().forEach(runner::addToClassPath);
    return runner;
  }

  private ScriptRunner compiling(List<String> options) {
    try {
      return new ScriptRunner(options, CellWords.IMPORTS);
    } catch (RuntimeException e) {
      if (options.isEmpty()) {
        throw e;
      }
      failures.add(
          "IJAVA_COMPILER_OPTS is %s; the compiler refuses it: %s"
              .formatted(String.join(" ", options), e.getMessage()));
      return compiling(List.of());
    }
  }

  /** Runs a script; a failure does not keep the next from running. */
  Object run(Script script, CellShell shell) {
    try {
      return shell.run(Cell.of(script));
    } catch (Exception | Error e) {
      failures.addAll(CellErrors.of(e).lines());
      return null;
    }
  }

  /** Tells what went wrong, a line each, once. */
  void tell(Consumer<String> listener) {
    failures.forEach(line -> listener.accept(line + "\n"));
    failures.clear();
  }
}
