package io.coppice.notebooks.kernel;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Documentation;
import jdk.jshell.SourceCodeAnalysis.Suggestion;

/**
 * What could stand in the place of some characters of a cell.
 *
 * @param from the first character to replace
 * @param to the character after the last
 */
record Completion(List<Match> matches, int from, int to) {
  private static final int SIGNATURE_MILLIS = 150;
  private static final Pattern MAGIC = Pattern.compile("(?:^|\\n)(%%?)(\\w*)\\z");
  private static final List<String> MAGICS =
      List.of("classpath", "jars", "load", "loadFromPOM", "maven", "mavenRepo");

  /**
   * One word.
   *
   * @param kind function, class, keyword, magic or instance
   * @param signature of a function, or empty
   */
  record Match(String text, String kind, String signature) {}

  static Completion of(SourceCodeAnalysis analysis, Cell cell, int at) {
    Matcher magic = MAGIC.matcher(cell.script().text().substring(0, at));
    if (magic.find()) {
      return magics(magic.group(1), magic.group(2), at);
    }
    String text = cell.java().substring(0, at);
    int start = 0;
    int[] anchor = {at};
    List<Suggestion> found = analysis.completionSuggestions(text, at, anchor);
    if (found.isEmpty()) {
      start = Snippets.lastStart(analysis, text);
      found = analysis.completionSuggestions(text.substring(start), at - start, anchor);
    }
    if (found.isEmpty()) {
      return new Completion(List.of(), at, at);
    }
    String before = text.substring(start, start + anchor[0]);
    return new Completion(matches(analysis, before, found), start + anchor[0], at);
  }

  private static Completion magics(String percent, String begun, int at) {
    List<Match> matches =
        MAGICS.stream()
            .filter(name -> name.startsWith(begun))
            .filter(name -> percent.length() == 1 || name.equals("loadFromPOM"))
            .map(name -> new Match(percent + name, "magic", ""))
            .toList();
    return new Completion(matches, at - begun.length() - percent.length(), at);
  }

  /** Those of the expected type first; signatures for as many as can be had quickly. */
  private static List<Match> matches(
      SourceCodeAnalysis analysis, String before, List<Suggestion> found) {
    Set<String> texts = new LinkedHashSet<>();
    for (boolean expected : new boolean[] {true, false}) {
      found.stream()
          .filter(suggestion -> suggestion.matchesType() == expected)
          .map(Suggestion::continuation)
          .forEach(texts::add);
    }
    long end = System.nanoTime() + SIGNATURE_MILLIS * 1_000_000L;
    List<Match> matches = new ArrayList<>();
    for (String text : texts) {
      boolean function = text.contains("(");
      String signature =
          function && System.nanoTime() < end ? signature(analysis, before + text) : "";
      matches.add(new Match(text, kind(text, function), signature));
    }
    return List.copyOf(matches);
  }

  private static String kind(String text, boolean function) {
    if (function) {
      return "function";
    }
    if (SourceVersion.isKeyword(text.strip())) {
      return "keyword";
    }
    return Character.isUpperCase(text.charAt(0)) ? "class" : "instance";
  }

  private static String signature(SourceCodeAnalysis analysis, String call) {
    String open = call.substring(0, call.lastIndexOf('(') + 1);
    return analysis.documentation(open, open.length(), false).stream()
        .findFirst()
        .map(Documentation::signature)
        .orElse("");
  }

  /** The words alone. */
  List<String> texts() {
    return matches.stream().map(Match::text).toList();
  }
}
