package io.coppice.notebooks.script;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Scripts for JShell's terminal, which runs a line as soon as it could be a statement: a chain
 * whose lines begin with a dot would be torn apart.
 */
public final class LineByLine {
  private static final Pattern TOKENS =
      Pattern.compile(
          "\"\"\"(?:[^\"\\\\]|\\\\(?s:.)|\"(?!\"\"))*+\"\"\""
              + "|\"(?:[^\"\\\\\\n]|\\\\.)*+\"|'(?:[^'\\\\\\n]|\\\\.)*+'"
              + "|(?<join>(?:[ \\t]*(?://[^\\n]*)?\\r?\\n)++[ \\t]*(?=\\.\\s*\\p{Alpha}))"
              + "|/\\*(?s:.*?)\\*/|//[^\\n]*");

  private LineByLine() {}

  /** The same statements in the same lines, chains joined by comments. */
  public static String joined(String script) {
    Matcher token = TOKENS.matcher(script);
    return token.replaceAll(
        found -> {
          String join = token.group("join");
          return Matcher.quoteReplacement(
              join == null ? found.group() : " /*" + join.replaceAll("[^\\n]", "") + "*/");
        });
  }
}
