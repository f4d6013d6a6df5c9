package io.coppice.notebooks.kernel;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
  private static final long SIGNATURES_NS = 150_000_000;
  private static final long SENTENCES_NS = 150_000_000;
  private static final Pattern MAGIC = Pattern.compile("(?:^|\\n|=[ \\t]*)(%%?)(\\w*)\\z");

  /**
   * One word.
   *
   * @param kind function, class, keyword, magic or instance
   * @param signatures of a function, a line for each of its overloads, or empty
   * @param sentence the first of its documentation, or empty
   */
  record Match(String text, String kind, String signatures, String sentence) {}

  static Completion of(SourceCodeAnalysis analysis, NamedMagics magics, Cell cell, int at) {
    Matcher magic = MAGIC.matcher(cell.script().text().substring(0, at));
    if (magic.find()) {
      boolean line = magic.group(1).length() == 1;
      return magics(line ? magics.lines() : magics.cells(), magic.group(1), magic.group(2), at);
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

  private static Completion magics(Collection<String> names, String percent, String begun, int at) {
    List<Match> matches =
        names.stream()
            .filter(name -> name.startsWith(begun))
            .map(name -> new Match(percent + name, "magic", "", ""))
            .toList();
    return new Completion(matches, at - begun.length() - percent.length(), at);
  }

  /** Those of the expected type first. */
  private static List<Match> matches(
      SourceCodeAnalysis analysis, String before, List<Suggestion> found) {
    Set<String> texts = new LinkedHashSet<>();
    for (boolean expected : new boolean[] {true, false}) {
      found.stream()
          .filter(suggestion -> suggestion.matchesType() == expected)
          .map(Suggestion::continuation)
          .forEach(texts::add);
    }
    return sentences(analysis, before, signatures(analysis, before, texts));
  }

  /** With the signatures of as many as can be had quickly. */
  private static List<Match> signatures(
      SourceCodeAnalysis analysis, String before, Collection<String> texts) {
    long end = System.nanoTime() + SIGNATURES_NS;
    List<Match> matches = new ArrayList<>();
    for (String text : texts) {
      boolean function = text.contains("(");
      String signatures = "";
      if (function && System.nanoTime() < end) {
        signatures =
            documentation(analysis, before + text, false).stream()
                .map(Documentation::signature)
                .collect(Collectors.joining("\n"));
      }
      matches.add(new Match(text, kind(text, function), signatures, ""));
    }
    return matches;
  }

  /** With the first sentences of as many functions as can be had quickly. */
  private static List<Match> sentences(
      SourceCodeAnalysis analysis, String before, List<Match> matches) {
    long end = System.nanoTime() + SENTENCES_NS;
    List<Match> with = new ArrayList<>();
    for (Match match : matches) {
      String sentence = "";
      if (!match.signatures.isEmpty() && System.nanoTime() < end) {
        sentence =
            documentation(analysis, before + match.text, true).stream()
                .map(Explanation::of)
                .filter(explanation -> !explanation.isEmpty())
                .findFirst()
                .map(JavadocText::firstSentence)
                .orElse("");
      }
      with.add(new Match(match.text, match.kind, match.signatures, sentence));
    }
    return List.copyOf(with);
  }

  private static List<Documentation> documentation(
      SourceCodeAnalysis analysis, String call, boolean javadoc) {
    String open = call.substring(0, call.lastIndexOf('(') + 1);
    return analysis.documentation(open, open.length(), javadoc);
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

  /** The words alone. */
  List<String> texts() {
    return matches.stream().map(Match::text).toList();
  }
}
