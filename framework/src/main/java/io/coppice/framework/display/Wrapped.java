package io.coppice.framework.display;

import java.util.ArrayList;
import java.util.List;

/** Text folded at spaces into lines of a width; a word longer than that loses its middle. */
public final class Wrapped {
  /** The characters of a line where nobody has said how wide a terminal is. */
  public static final int USUAL_WIDTH = 100;

  private Wrapped() {}

  public static List<String> lines(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String whole : text.strip().split("\\s+")) {
      String word = elided(whole, width);
      if (line.length() > 0 && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() > 0 ? " " : "").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  /** The text as it is where it fits, spaces included; folded where it does not. */
  static List<String> fitted(String text, int width) {
    return text.length() <= width ? List.of(text) : lines(text, width);
  }

  private static String elided(String word, int width) {
    if (word.length() <= width) {
      return word;
    }
    int tail = (width - 1) / 3;
    return word.substring(0, width - 1 - tail) + "…" + word.substring(word.length() - tail);
  }
}
