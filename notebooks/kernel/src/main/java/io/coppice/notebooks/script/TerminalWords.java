package io.coppice.notebooks.script;

import io.coppice.notebooks.render.Renderers;

/** What scripts and JShell can call besides the language: the notebook's words, for a terminal. */
public final class TerminalWords {
  private static final int USUAL_WIDTH = 100;

  private TerminalWords() {}

  /** Prints a value as wide as the terminal, in the words that a notebook has for it. */
  public static void show(Object value) {
    System.out.println(Renderers.text(value, width(System.getenv("COLUMNS"))));
  }

  /** Prints what a format makes of its arguments. */
  public static void printf(String format, Object... arguments) {
    System.out.printf(format, arguments);
  }

  private static int width(String columns) {
    return columns != null && columns.matches("[1-9][0-9]{1,3}")
        ? Integer.parseInt(columns)
        : USUAL_WIDTH;
  }
}
