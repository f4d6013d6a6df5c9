package io.coppice.notebooks.script;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A study as a text.
 *
 * @param name what error messages call it, such as its file's name
 */
public record Script(String name, String text) {
  private static final Pattern BLANKS = Pattern.compile("(\\s|//[^\n]*|/\\*(?s:.*?)\\*/)*+");

  /** Reads a file in UTF-8. */
  public static Script read(Path file) throws IOException {
    return new Script(
        file.getFileName().toString(), Files.readString(file, StandardCharsets.UTF_8));
  }

  /** Reads a resource that is shipped beside {@code owner}. */
  public static Script resource(Class<?> owner, String name) {
    try (InputStream stream = owner.getResourceAsStream(name)) {
      return new Script(name, new String(stream.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The line, from 1, that the character at this position is in. */
  public int lineAt(int position) {
    return (int) text.substring(0, position).chars().filter(c -> c == '\n').count() + 1;
  }

  /** The text of a line, from 1. */
  public String line(int number) {
    return text.lines().skip(number - 1L).findFirst().orElse("");
  }

  /** The position of a line's first character, the line counted from 1. */
  public int startOf(int number) {
    int start = 0;
    for (int line = 1; line < number && text.indexOf('\n', start) >= 0; line++) {
      start = text.indexOf('\n', start) + 1;
    }
    return start;
  }

  /** The first position from {@code start} on that is neither blank nor a comment. */
  public int skipBlanks(int start) {
    Matcher blanks = BLANKS.matcher(text).region(start, text.length());
    return blanks.lookingAt() ? blanks.end() : start;
  }
}
