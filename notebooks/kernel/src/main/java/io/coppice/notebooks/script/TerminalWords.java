package io.coppice.notebooks.script;

import ai.djl.ndarray.NDArray;
import io.coppice.framework.results.Results;
import tech.tablesaw.api.Table;

/** What scripts and JShell can call besides the language: the notebook's words, for a terminal. */
public final class TerminalWords {
  private static final int USUAL_WIDTH = 100;
  private static final int LONGEST_SIDE = 20;
  private static final int MOST_ROWS = 10;

  private TerminalWords() {}

  /** Prints a value in full, as wide as the terminal: results, tables and arrays readably. */
  public static void show(Object value) {
    System.out.println(text(value, width(System.getenv("COLUMNS"))));
  }

  static String text(Object value, int width) {
    if (value instanceof Results results) {
      return results.toText(width);
    }
    if (value instanceof Table table) {
      return table.printAll();
    }
    if (value instanceof NDArray array) {
      return array.toDebugString(100, 10, MOST_ROWS, LONGEST_SIDE, true);
    }
    return String.valueOf(value);
  }

  private static int width(String columns) {
    return columns != null && columns.matches("[1-9][0-9]{1,3}")
        ? Integer.parseInt(columns)
        : USUAL_WIDTH;
  }
}
