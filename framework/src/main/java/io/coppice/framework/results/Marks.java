package io.coppice.framework.results;

import io.coppice.framework.display.Look;
import java.awt.BasicStroke;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A method's marker and line in a chart: a marker per family, dashes within it. */
final class Marks {
  private static final List<Marker> MARKERS =
      List.of(
          SeriesMarkers.CIRCLE,
          SeriesMarkers.SQUARE,
          SeriesMarkers.TRIANGLE_UP,
          SeriesMarkers.DIAMOND,
          SeriesMarkers.TRIANGLE_DOWN);

  private static final float[][] DASHES = {null, {7, 4}, {2, 3}, {9, 3, 2, 3}, {14, 4}};

  private Marks() {}

  /** The looks of the methods that can be drawn, by name. */
  static Map<String, Look> looks(List<MethodRow> rows, String baseline) {
    return Look.of(
        rows.stream().filter(row -> !row.allCollapsed()).map(MethodRow::method).toList(), baseline);
  }

  static Marker marker(Look look) {
    return look.isBaseline() ? SeriesMarkers.CROSS : MARKERS.get(look.colour() % MARKERS.size());
  }

  static BasicStroke stroke(Look look) {
    return new BasicStroke(
        ChartFrame.LINE_WIDTH,
        BasicStroke.CAP_BUTT,
        BasicStroke.JOIN_ROUND,
        1,
        DASHES[look.dash() % DASHES.length],
        0);
  }
}
