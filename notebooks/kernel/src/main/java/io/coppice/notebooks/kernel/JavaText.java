package io.coppice.notebooks.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where in a cell's text magics stand, which is in no string or comment, and what is open. */
final class JavaText {
  private static final Pattern MAGIC = Pattern.compile("%\\w[^\\r\\n]*");
  private static final Pattern ASSIGNED = Pattern.compile("[ \\t]*(?=%\\w)");

  /**
   * A magic with its arguments, to the end of its line.
   *
   * @param from its percent sign
   * @param to the character after its last
   * @param assigned whether it stands behind an equals sign, and else alone in its line
   */
  record Magic(int from, int to, boolean assigned) {}

  private final String text;
  private final List<Magic> magics = new ArrayList<>();
  private int position;
  private int depth;

  private JavaText(String text) {
    this.text = text;
  }

  static JavaText of(String text) {
    JavaText read = new JavaText(text);
    read.read();
    return read;
  }

  List<Magic> magics() {
    return magics;
  }

  /** How many brackets are open at the end. */
  int depth() {
    return depth;
  }

  private void read() {
    lineStarts();
    while (position < text.length()) {
      if (at("//")) {
        skipTo("\n", 0);
      } else if (at("/*")) {
        skipTo("*/", 2);
      } else if (at("\"\"\"")) {
        quoted("\"\"\"");
      } else if (at("\"")) {
        quoted("\"");
      } else if (at("'")) {
        quoted("'");
      } else {
        plain(text.charAt(position++));
      }
    }
  }

  private void plain(char character) {
    switch (character) {
      case '(', '[', '{' -> depth++;
      case ')', ']', '}' -> depth = Math.max(0, depth - 1);
      case '\n' -> lineStarts();
      case '=' -> assigns();
      default -> {}
    }
  }

  /** A magic alone in its line stands outside of all brackets. */
  private void lineStarts() {
    if (depth == 0) {
      magic(false);
    }
  }

  private void assigns() {
    Matcher blanks = ASSIGNED.matcher(text).region(position, text.length());
    if (blanks.lookingAt()) {
      position = blanks.end();
      magic(true);
    }
  }

  private void magic(boolean assigned) {
    Matcher magic = MAGIC.matcher(text).region(position, text.length());
    if (magic.lookingAt()) {
      magics.add(new Magic(position, magic.end(), assigned));
      position = magic.end();
    }
  }

  private boolean at(String token) {
    return text.startsWith(token, position);
  }

  private void skipTo(String end, int behind) {
    int found = text.indexOf(end, position + 2);
    position = found < 0 ? text.length() : found + behind;
  }

  private void quoted(String quote) {
    position += quote.length();
    while (position < text.length() && !at(quote)) {
      if (quote.length() == 1 && text.charAt(position) == '\n') {
        return;
      }
      position += text.charAt(position) == '\\' ? 2 : 1;
    }
    position = Math.min(text.length(), position + quote.length());
  }
}
