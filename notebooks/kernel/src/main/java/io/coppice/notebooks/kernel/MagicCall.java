package io.coppice.notebooks.kernel;

import java.util.ArrayList;
import java.util.List;

/** A magic's name and arguments, as they stand in its line. */
record MagicCall(String name, List<String> arguments) {

  static MagicCall of(String line) {
    List<String> words = split(line);
    return new MagicCall(words.get(0), words.subList(1, words.size()));
  }

  /** The Java statement that it stands for. */
  String inJava() {
    List<String> texts = new ArrayList<>();
    for (String argument : arguments) {
      texts.add('"' + argument.replace("\\", "\\\\").replace("\"", "\\\"") + '"');
    }
    return "%s.lineMagic(\"%s\", java.util.List.of(%s));"
        .formatted(CellWords.class.getName(), name, String.join(", ", texts));
  }

  /** The words of a line; a word with blanks stands in double quotes. */
  static List<String> split(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean quoted = false;
    boolean any = false;
    for (char character : line.toCharArray()) {
      if (character == '"') {
        quoted = !quoted;
        any = true;
      } else if (Character.isWhitespace(character) && !quoted) {
        if (any) {
          words.add(word.toString());
        }
        word.setLength(0);
        any = false;
      } else {
        word.append(character);
        any = true;
      }
    }
    if (any) {
      words.add(word.toString());
    }
    return List.copyOf(words);
  }
}
