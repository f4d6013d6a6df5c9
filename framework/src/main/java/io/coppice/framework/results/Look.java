package io.coppice.framework.results;

import java.awt.BasicStroke;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * How a method is drawn, everywhere in a report: methods of a family share a colour and a marker,
 * and differ in their dashes.
 *
 * @param family the method's name without its numbers
 * @param colour the family's place among the families, −1 for the baseline
 * @param dash the method's place in its family
 */
record Look(String family, int colour, int dash) {
  private static final Pattern NUMBER =
      Pattern.compile(
          "(?<![\\p{L}\\d_.])[-+]?\\d[\\d_.,]*(?:e[-+]?\\d+)?\\s?[%KM]?(?![\\p{L}\\d])");

  private static final List<Marker> MARKERS =
      List.of(
          SeriesMarkers.CIRCLE,
          SeriesMarkers.SQUARE,
          SeriesMarkers.TRIANGLE_UP,
          SeriesMarkers.DIAMOND,
          SeriesMarkers.TRIANGLE_DOWN);

  private static final float[][] DASHES = {null, {7, 4}, {2, 3}, {9, 3, 2, 3}, {14, 4}};

  boolean isBaseline() {
    return colour < 0;
  }

  Marker marker() {
    return isBaseline() ? SeriesMarkers.CROSS : MARKERS.get(colour % MARKERS.size());
  }

  BasicStroke stroke() {
    return new BasicStroke(
        ChartFrame.LINE_WIDTH,
        BasicStroke.CAP_BUTT,
        BasicStroke.JOIN_ROUND,
        1,
        DASHES[dash % DASHES.length],
        0);
  }

  /** The look of each method that can be drawn, by name. */
  static Map<String, Look> of(List<MethodRow> rows, String baseline) {
    Map<String, Integer> colours = new LinkedHashMap<>();
    Map<String, Integer> members = new LinkedHashMap<>();
    Map<String, Look> looks = new LinkedHashMap<>();
    for (MethodRow row : rows) {
      if (row.allCollapsed()) {
        continue;
      }
      if (row.method().equals(baseline)) {
        looks.put(baseline, new Look(baseline, -1, 0));
        continue;
      }
      String family = family(row.method());
      int colour = colours.computeIfAbsent(family, name -> colours.size());
      looks.put(row.method(), new Look(family, colour, members.merge(family, 1, Integer::sum) - 1));
    }
    return looks;
  }

  /** "magnitude global keep 0.16" and "magnitude global keep 0.03" are one family. */
  static String family(String method) {
    return NUMBER.matcher(method).replaceAll("…").strip();
  }
}
