package io.coppice.notebooks.kernel;

import java.util.regex.Pattern;

/** A Javadoc comment without its marks. */
final class JavadocText {
  private static final Pattern INLINE = Pattern.compile("\\{@\\w+\\s+([^{}]*)\\}");
  private static final Pattern REFERENCE = Pattern.compile("\\{@link(?:plain)?\\s+([^{}]*)\\}");
  private static final Pattern TAG = Pattern.compile("</?\\w[^>]*>");
  private static final Pattern BLOCK = Pattern.compile("(?m)^\\s*@(\\w+)\\s+");
  private static final Pattern PARAGRAPH = Pattern.compile("\\s*<p>\\s*");

  private static final Pattern SENTENCE = Pattern.compile("(?<=\\.)\\s|\n\n");

  private JavadocText() {}

  static String of(String comment) {
    String text = PARAGRAPH.matcher(comment).replaceAll("\n\n");
    text = REFERENCE.matcher(text).replaceAll(match -> reference(match.group(1)));
    text = INLINE.matcher(text).replaceAll("$1");
    text = TAG.matcher(text).replaceAll("");
    text = BLOCK.matcher(text).replaceAll("$1 ");
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").strip();
  }

  /** What comes before the first full stop of a text, with it. */
  static String firstSentence(String text) {
    return SENTENCE.split(text, 2)[0].replaceAll("\\s+", " ");
  }

  /** The label of a link, or its last name. */
  private static String reference(String link) {
    String[] words = link.strip().split("\\s+", 2);
    String name = words[0].startsWith("#") ? words[0].substring(1) : words[0].replace('#', '.');
    return java.util.regex.Matcher.quoteReplacement(words.length > 1 ? words[1] : name);
  }
}
