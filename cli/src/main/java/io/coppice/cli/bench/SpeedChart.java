package io.coppice.cli.bench;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * How often faster than dense by sparsity: a curve per shape and layout, which crosses 1 at its
 * break-even.
 */
final class SpeedChart {
  private static final int WIDTH = 1000;
  private static final int HEIGHT = 560;
  private static final float LINE_WIDTH = 1.8f;

  /** One colour per shape, told apart by readers with any colour vision. */
  private static final List<Color> COLOURS =
      List.of(new Color(0x0072b2), new Color(0xd55e00), new Color(0x009e73), new Color(0xcc79a7));

  /** One marker per layout. */
  private static final List<Marker> MARKERS =
      List.of(
          SeriesMarkers.CIRCLE,
          SeriesMarkers.SQUARE,
          SeriesMarkers.DIAMOND,
          SeriesMarkers.TRIANGLE_UP,
          SeriesMarkers.TRIANGLE_DOWN,
          SeriesMarkers.CROSS);

  private SpeedChart() {}

  /** The forward passes of the first batch and number of threads that were measured. */
  static byte[] png(List<OpsRow> rows) throws IOException {
    return BitmapEncoder.getBitmapBytes(chart(rows), BitmapFormat.PNG);
  }

  static XYChart chart(List<OpsRow> rows) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .xAxisTitle("sparsity (%)")
            .yAxisTitle("forward, times faster than dense")
            .build();
    chart.getStyler().setYAxisLogarithmic(true);
    chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setLocale(Locale.ROOT);
    List<String> subjects = new ArrayList<>();
    List<String> layouts = new ArrayList<>();
    for (OpsSeries series : drawn(rows)) {
      add(chart, series, indexed(subjects, series.subject()), indexed(layouts, series.layout()));
    }
    addParity(chart);
    return chart;
  }

  private static List<OpsSeries> drawn(List<OpsRow> rows) {
    return OpsSeries.of(rows).stream()
        .filter(series -> series.op().equals("forward"))
        .filter(series -> series.bySparsity().size() > 1)
        .filter(series -> series.batch() == rows.get(0).batch())
        .filter(series -> series.threads() == rows.get(0).threads())
        .toList();
  }

  private static int indexed(List<String> names, String name) {
    if (!names.contains(name)) {
      names.add(name);
    }
    return names.indexOf(name);
  }

  private static void add(XYChart chart, OpsSeries series, int subject, int layout) {
    List<Double> percents = series.bySparsity().keySet().stream().map(s -> 100 * s).toList();
    List<Double> ratios = series.bySparsity().values().stream().map(OpsRow::ratio).toList();
    String name =
        "%s %s, from %s"
            .formatted(series.subject(), series.layout(), BreakEven.of(series).worded());
    XYSeries curve = chart.addSeries(name, percents, ratios);
    Color colour = COLOURS.get(subject % COLOURS.size());
    curve.setLineColor(colour);
    curve.setMarkerColor(colour);
    curve.setMarker(MARKERS.get(layout % MARKERS.size()));
    curve.setLineStyle(new BasicStroke(LINE_WIDTH));
  }

  private static void addParity(XYChart chart) {
    XYSeries parity = chart.addSeries("dense", new double[] {0, 100}, new double[] {1, 1});
    parity.setMarker(SeriesMarkers.NONE);
    parity.setLineColor(Color.GRAY);
    parity.setLineStyle(new BasicStroke(LINE_WIDTH));
  }
}
