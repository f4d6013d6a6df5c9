package io.coppice.cli;

import java.util.Map;
import java.util.Properties;

/**
 * What stands at the end of an output stream.
 *
 * @param live whether a line can be overwritten
 * @param colour whether colours are welcome
 * @param width characters in a line
 */
record Terminal(boolean live, boolean colour, int width) {
  private static final int USUAL_WIDTH = 100;
  private static final int LEAST_WIDTH = 40;

  static Terminal ofStandardOutput() {
    return of("coppice.stdout.terminal", System.getProperties(), System.getenv());
  }

  static Terminal ofStandardError() {
    return of("coppice.stderr.terminal", System.getProperties(), System.getenv());
  }

  /**
   * What the launcher found out, with the user's wishes: {@code NO_COLOR}, {@code COLUMNS} and a
   * {@code TERM} that is dumb.
   */
  static Terminal of(String property, Properties properties, Map<String, String> environment) {
    boolean live =
        Boolean.parseBoolean(properties.getProperty(property))
            && !"dumb".equals(environment.get("TERM"));
    boolean colour = live && environment.getOrDefault("NO_COLOR", "").isEmpty();
    return new Terminal(live, colour, width(environment.getOrDefault("COLUMNS", "")));
  }

  private static int width(String columns) {
    return columns.matches("[1-9][0-9]{0,4}")
        ? Math.max(LEAST_WIDTH, Integer.parseInt(columns))
        : USUAL_WIDTH;
  }

  /** What empties the line that progress is shown in. */
  String clear() {
    return live ? "\r" + " ".repeat(width - 1) + "\r" : "";
  }
}
