package io.coppice.framework.display;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How a method is drawn, everywhere: methods of a family share a colour and differ in their dashes.
 *
 * @param family the method's name without its numbers
 * @param colour the family's place among the families, −1 for the baseline
 * @param dash the method's place in its family
 */
public record Look(String family, int colour, int dash) {
  private static final Pattern NUMBER =
      Pattern.compile(
          "(?<![\\p{L}\\d_.])[-+]?\\d[\\d_.,]*(?:e[-+]?\\d+)?\\s?[%KM]?(?![\\p{L}\\d])");

  public boolean isBaseline() {
    return colour < 0;
  }

  /** The CSS custom property that holds the colour. */
  public String property() {
    return isBaseline() ? "--series-base" : "--series-" + colour % Theme.COLOURS;
  }

  /** The look of each method, by name. */
  public static Map<String, Look> of(List<String> methods, String baseline) {
    Map<String, Integer> colours = new LinkedHashMap<>();
    Map<String, Integer> members = new LinkedHashMap<>();
    Map<String, Look> looks = new LinkedHashMap<>();
    for (String method : methods) {
      if (method.equals(baseline)) {
        looks.put(baseline, new Look(baseline, -1, 0));
        continue;
      }
      String family = family(method);
      int colour = colours.computeIfAbsent(family, name -> colours.size());
      looks.put(method, new Look(family, colour, members.merge(family, 1, Integer::sum) - 1));
    }
    return looks;
  }

  /** "magnitude global keep 0.16" and "magnitude global keep 0.03" are one family. */
  public static String family(String method) {
    return NUMBER.matcher(method).replaceAll("…").strip();
  }
}
