package io.coppice.notebooks.kernel;

import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;

/** Where the snippets of a text begin. */
final class Snippets {
  private Snippets() {}

  /** The first character of the last snippet, whether it is complete or not. */
  static int lastStart(SourceCodeAnalysis analysis, String text) {
    int start = 0;
    while (true) {
      CompletionInfo info = analysis.analyzeCompletion(text.substring(start));
      String rest = info.remaining();
      if (!info.completeness().isComplete()
          || rest.isBlank()
          || rest.length() >= text.length() - start) {
        return start;
      }
      start = text.length() - rest.length();
    }
  }
}
