package io.coppice.notebooks.kernel;

import io.coppice.notebooks.script.Script;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;

/** Whether a cell could be run as it stands. */
enum Completeness {
  COMPLETE,
  INCOMPLETE,
  WRONG;

  private static final String STEP = "    ";

  static Completeness of(SourceCodeAnalysis analysis, String code) {
    Cell cell = Cell.of(new Script("", code));
    String text = cell.java();
    while (!text.isBlank()) {
      CompletionInfo info = analysis.analyzeCompletion(text);
      switch (info.completeness()) {
        case DEFINITELY_INCOMPLETE, CONSIDERED_INCOMPLETE -> {
          return INCOMPLETE;
        }
        case UNKNOWN -> {
          return WRONG;
        }
        default -> {}
      }
      if (info.remaining().length() >= text.length()) {
        return COMPLETE;
      }
      text = info.remaining();
    }
    return COMPLETE;
  }

  /** What the next line of an incomplete text begins with. */
  static String indent(String code) {
    return STEP.repeat(JavaText.of(code).depth());
  }
}
