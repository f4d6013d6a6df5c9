package io.coppice.framework.recipe;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The right name beside a wrong one. */
public final class Nearest {
  private Nearest() {}

  /**
   * The name of the fewest edits from {@code wrong}, whatever the case; empty where all differ in
   * more than half of its letters and none goes on from it.
   */
  public static Optional<String> to(String wrong, Collection<String> names) {
    String lower = wrong.toLowerCase(Locale.ROOT);
    return names.stream()
        .filter(name -> isNear(lower, name.toLowerCase(Locale.ROOT)))
        .min(Comparator.comparingInt(name -> edits(lower, name.toLowerCase(Locale.ROOT))));
  }

  /**
   * The name that was meant: this one, or the only one that begins so.
   *
   * @param kind what the names are of, for the message
   * @throws RecipeException when there is none; it tells the nearest, or all
   */
  public static String begun(String kind, String name, Collection<String> names) {
    List<String> begun = names.stream().filter(known -> known.startsWith(name)).toList();
    if (begun.size() == 1) {
      return begun.get(0);
    } else if (names.contains(name)) {
      return name;
    }
    throw unknown(kind, name, names);
  }

  /**
   * What to throw when there is no such thing: it tells the nearest, or all.
   *
   * @param kind what the names are of
   */
  public static RecipeException unknown(String kind, String wrong, Collection<String> names) {
    return new RecipeException(sentence(kind, wrong, names));
  }

  /** Says that there is no such thing, and the nearest, or all that there are. */
  public static String sentence(String kind, String wrong, Collection<String> names) {
    String all = names.isEmpty() ? "" : "; allowed: " + String.join(", ", names);
    return "there is no %s '%s'%s"
        .formatted(
            kind,
            wrong,
            to(wrong, names).map(near -> "; did you mean '" + near + "'?").orElse(all));
  }

  private static boolean isNear(String wrong, String name) {
    return name.startsWith(wrong) || edits(wrong, name) <= Math.max(1, wrong.length() / 2);
  }

  /** Levenshtein's distance: characters inserted, removed or replaced. */
  static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
