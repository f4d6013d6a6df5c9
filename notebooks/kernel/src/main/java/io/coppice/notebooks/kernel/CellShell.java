package io.coppice.notebooks.kernel;

import io.coppice.notebooks.script.ScriptRunner;
import io.github.spencerpark.jupyter.kernel.magic.registry.Magics;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import jdk.jshell.SourceCodeAnalysis;

/** Runs cells part by part, Java and magics; what one declares, the next can use. */
final class CellShell implements AutoCloseable {
  private final CompletableFuture<ScriptRunner> runner;
  private final Magics magics;

  /** A shell whose runner is being started; what needs it waits. */
  CellShell(CompletableFuture<ScriptRunner> runner, Magics magics) {
    this.runner = runner;
    this.magics = magics;
  }

  private ScriptRunner runner() {
    try {
      return runner.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /** The value of the last part, where that is Java and has one. */
  Object run(Cell cell) throws Exception {
    Cell called = cell.withCalls();
    Object last = null;
    for (Cell.Part part : called.parts()) {
      if (part instanceof Cell.Java java) {
        boolean blank = called.script().skipBlanks(java.from()) >= java.to();
        last = blank ? last : runner().run(called.script(), java.from(), java.to(), value -> {});
      } else if (part instanceof Cell.LineMagic magic) {
        MagicCall call = MagicCall.of(magic.call());
        magics.applyLineMagic(call.name(), call.arguments());
        last = null;
      } else if (part instanceof Cell.CellMagic magic) {
        MagicCall call = MagicCall.of(magic.call());
        magics.applyCellMagic(call.name(), call.arguments(), magic.body());
      }
    }
    return last;
  }

  /** The compiler's knowledge of what can be written and what it means. */
  SourceCodeAnalysis analysis() {
    return runner().analysis();
  }

  /** Cells find the classes of this jar or folder from now on. */
  void addToClassPath(Path path) {
    runner().addToClassPath(path);
  }

  @Override
  public void close() {
    runner().close();
  }
}
