package io.coppice.notebooks.kernel;

import io.coppice.dsl.Catalogue;
import io.coppice.dsl.Coppice;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jshell.SourceCodeAnalysis.Documentation;

/** What is said of a name besides its signature. */
final class Explanation {
  private static final Pattern WORD =
      Pattern.compile("\\b" + Coppice.class.getSimpleName() + "\\.(\\w+)\\(");
  private static final Map<String, String> SUMMARIES =
      Catalogue.standard().entries().stream()
          .collect(
              Collectors.toUnmodifiableMap(
                  Catalogue.Entry::word, Catalogue.Entry::summary, (first, second) -> first));

  private Explanation() {}

  /** Its Javadoc as text; of a word of the catalogue without one, its summary; or empty. */
  static String of(Documentation name) {
    if (name.javadoc() != null) {
      return JavadocText.of(name.javadoc());
    }
    Matcher word = WORD.matcher(name.signature());
    return word.find() ? SUMMARIES.getOrDefault(word.group(1), "") : "";
  }
}
