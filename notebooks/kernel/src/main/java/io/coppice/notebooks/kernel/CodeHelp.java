package io.coppice.notebooks.kernel;

import io.coppice.notebooks.script.Script;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import jdk.jshell.SourceCodeAnalysis;

/** What a shell knows of code that somebody is writing. */
final class CodeHelp {
  private final CellShell shell;
  private final NamedMagics magics;
  private final AtomicBoolean javadocKnown = new AtomicBoolean();

  CodeHelp(CellShell shell, NamedMagics magics) {
    this.shell = shell;
    this.magics = magics;
  }

  /** What could stand at a character of a cell. */
  Completion completion(String code, int at) {
    return Completion.of(documented(), magics, cell(code), at);
  }

  /** What stands at a character of a cell. */
  Optional<DisplayData> inspection(String code, int at) {
    return Inspection.of(documented(), cell(code), at);
  }

  Completeness completeness(String code) {
    return Completeness.of(shell.analysis(), code);
  }

  private SourceCodeAnalysis documented() {
    SourceCodeAnalysis analysis = shell.analysis();
    if (!javadocKnown.getAndSet(true)) {
      JavadocSources.addTo(analysis);
    }
    return analysis;
  }

  private static Cell cell(String code) {
    return Cell.of(new Script("", code));
  }
}
