package io.coppice.notebooks.kernel;

import io.coppice.notebooks.script.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A cell's text as the parts that are run one after the other: Java and magics. */
record Cell(Script script, List<Part> parts) {
  private static final Pattern CELL_MAGIC =
      Pattern.compile("\\A\\s*%%(\\w[^\\r\\n]*)(?:\\R(.*))?\\z", Pattern.DOTALL);
  private static final Pattern LINE_MAGIC = Pattern.compile("%(\\w[^\\r\\n]*)");

  /** Some of a cell's text, from a first character to the one after its last. */
  sealed interface Part {
    int from();

    int to();
  }

  record Java(int from, int to) implements Part {}

  /** A line {@code %name argument ...}. */
  record LineMagic(int from, int to, String call) implements Part {}

  /** A first line {@code %%name argument ...} and all that follows. */
  record CellMagic(int from, int to, String call, String body) implements Part {}

  static Cell of(Script script) {
    String text = script.text();
    Matcher whole = CELL_MAGIC.matcher(text);
    if (whole.matches()) {
      String body = whole.group(2) == null ? "" : whole.group(2);
      return new Cell(script, List.of(new CellMagic(0, text.length(), whole.group(1), body)));
    }
    List<Part> parts = new ArrayList<>();
    int from = 0;
    Matcher line = LINE_MAGIC.matcher(text);
    for (int start : JavaText.of(text).statementLines()) {
      if (line.region(start, text.length()).lookingAt()) {
        parts.add(new Java(from, start));
        parts.add(new LineMagic(start, line.end(), line.group(1)));
        from = line.end();
      }
    }
    parts.add(new Java(from, text.length()));
    return new Cell(script, parts);
  }

  /** The text with every magic blanked, so that positions and lines stay. */
  String java() {
    StringBuilder text = new StringBuilder(script.text());
    for (Part part : parts) {
      for (int i = part.from(); !(part instanceof Java) && i < part.to(); i++) {
        if (text.charAt(i) != '\n') {
          text.setCharAt(i, ' ');
        }
      }
    }
    return text.toString();
  }
}
