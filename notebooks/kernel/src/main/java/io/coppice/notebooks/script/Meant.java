package io.coppice.notebooks.script;

import io.coppice.framework.recipe.Nearest;
import java.util.List;
import java.util.Optional;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Suggestion;

/** What was probably meant by a name that stands for nothing. */
final class Meant {
  private Meant() {}

  /**
   * The nearest name that could stand there, as a question.
   *
   * @param start where the snippet begins that the name is in
   * @param position at or before the name, as the compiler says it
   */
  static Optional<String> in(SourceCodeAnalysis analysis, String text, int start, int position) {
    int from = position;
    while (from < text.length() && !Character.isJavaIdentifierStart(text.charAt(from))) {
      from++;
    }
    int to = from;
    while (to < text.length() && Character.isJavaIdentifierPart(text.charAt(to))) {
      to++;
    }
    String word = text.substring(from, to);
    boolean call = text.startsWith("(", to);
    String before = text.substring(start, from);
    List<String> possible =
        analysis.completionSuggestions(before, before.length(), new int[1]).stream()
            .map(Suggestion::continuation)
            .filter(name -> name.contains("(") == call)
            .map(name -> name.replaceAll("\\(.*", "").strip())
            .filter(name -> name.regionMatches(true, 0, word, 0, 1) && !name.equals(word))
            .toList();
    return Nearest.to(word, possible).map(name -> "Did you mean '" + name + "'?");
  }
}
