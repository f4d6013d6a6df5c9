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
  private static final String EXPRESSION = "0;";

  /** Some of a cell's text, from a first character to the one after its last. */
  sealed interface Part {
    int from();

    int to();
  }

  record Java(int from, int to) implements Part {}

  /** A line {@code %name argument ...}. */
  record LineMagic(int from, int to, String call) implements Part {}

  /** The end of a line {@code variable = %name argument ...}, which may have a semicolon. */
  record AssignedMagic(int from, int to, String call) implements Part {}

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
    for (JavaText.Magic magic : JavaText.of(text).magics()) {
      String call = text.substring(magic.from() + 1, magic.to());
      parts.add(new Java(from, magic.from()));
      parts.add(
          magic.assigned()
              ? new AssignedMagic(magic.from(), magic.to(), call)
              : new LineMagic(magic.from(), magic.to(), call));
      from = magic.to();
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
      if (part instanceof AssignedMagic) {
        text.replace(part.from(), part.from() + EXPRESSION.length(), EXPRESSION);
      }
    }
    return text.toString();
  }

  /** The same with every assigned magic as the Java call that it stands for, in its line. */
  Cell withCalls() {
    if (parts.stream().noneMatch(AssignedMagic.class::isInstance)) {
      return this;
    }
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      text.append(
          part instanceof AssignedMagic magic
              ? MagicCall.of(magic.call().replaceFirst("\\s*;\\s*$", "")).inJava()
              : script.text().substring(part.from(), part.to()));
    }
    return of(new Script(script.name(), text.toString()));
  }
}
