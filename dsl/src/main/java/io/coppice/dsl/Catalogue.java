package io.coppice.dsl;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** What the language can name: its methods, models and data sets. */
public final class Catalogue {

  /**
   * A row of the catalogue.
   *
   * @param word as a study writes it, without parentheses
   * @param summary one line of what it is
   * @param paper authors and year of the source, or empty
   */
  public record Entry(io.coppice.dsl.Entry.Kind kind, String word, String summary, String paper) {}

  private Catalogue() {}

  /** All rows, by kind and then by word. */
  public static List<Entry> entries() {
    return Arrays.stream(Coppice.class.getMethods())
        .filter(method -> method.isAnnotationPresent(io.coppice.dsl.Entry.class))
        .map(
            method -> {
              io.coppice.dsl.Entry entry = method.getAnnotation(io.coppice.dsl.Entry.class);
              return new Entry(entry.kind(), method.getName(), entry.summary(), entry.paper());
            })
        .sorted(Comparator.comparing(Entry::kind).thenComparing(Entry::word))
        .toList();
  }
}
