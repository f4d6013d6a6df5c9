package io.coppice.notebooks.kernel;

import java.util.ArrayList;
import java.util.List;

/** Where in a Java text a line begins that is in no string, comment or bracket. */
final class JavaText {
  private final String text;
  private final List<Integer> statementLines = new ArrayList<>();
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

  /** The first characters of the lines outside of everything. */
  List<Integer> statementLines() {
    return statementLines;
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
      default -> {}
    }
  }

  private void lineStarts() {
    if (depth == 0) {
      statementLines.add(position);
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
