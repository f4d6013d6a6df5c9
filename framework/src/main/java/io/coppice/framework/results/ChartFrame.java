package io.coppice.framework.results;

import io.coppice.framework.display.Figures;
import io.coppice.framework.display.Theme;
import io.coppice.framework.display.Wrapped;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.Locale;
import java.util.function.Function;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** What all charts share: their size, their type and grid, the legend outside. */
final class ChartFrame {
  static final float LINE_WIDTH = 1.8f;
  static final BasicStroke LINE = new BasicStroke(LINE_WIDTH);

  private static final int WIDTH = 860;
  private static final int HEIGHT = 440;
  private static final int LEGEND_LINE = 26;
  private static final int BAND_ALPHA = 30;

  private ChartFrame() {}

  static XYChart chart(String x, String y, Theme theme) {
    XYChart chart = new XYChart(WIDTH, HEIGHT);
    chart.setXAxisTitle(x);
    chart.setYAxisTitle(y);
    XYStyler style = chart.getStyler();
    Font text = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
    style.setBaseFont(text);
    style.setLocale(Locale.ROOT);
    style.setChartTitleVisible(false);
    style.setChartBackgroundColor(theme.ground());
    style.setChartFontColor(theme.ink());
    style.setChartPadding(12);
    style.setPlotBackgroundColor(theme.ground());
    style.setPlotBorderVisible(false);
    style.setPlotContentSize(1);
    style.setPlotMargin(0);
    style.setPlotGridLinesColor(theme.rule());
    style.setPlotGridLinesStroke(new BasicStroke(1));
    style.setPlotGridVerticalLinesVisible(false);
    style.setAxisTicksMarksVisible(false);
    style.setAxisTicksLineVisible(false);
    style.setAxisTickLabelsColor(theme.faint());
    style.setAxisTickLabelsFont(text);
    style.setAxisTickPadding(6);
    style.setAxisTitleFont(text.deriveFont(12.5f));
    style.setAxisTitlePadding(10);
    style.setXAxisTitleColor(theme.ink());
    style.setYAxisTitleColor(theme.ink());
    style.setLegendPosition(Styler.LegendPosition.OutsideE);
    style.setLegendBackgroundColor(theme.ground());
    style.setLegendBorderColor(theme.ground());
    style.setLegendFont(text);
    style.setLegendPadding(10);
    style.setLegendSeriesLineLength(22);
    style.setErrorBarsColorSeriesColor(true);
    style.setMarkerSize(9);
    return chart;
  }

  /** Fills the stretch between two curves without a word in the legend. */
  static void band(
      XYChart chart, String name, double[] x, double[] low, double[] high, Color colour) {
    int n = x.length;
    double[] aroundX = new double[2 * n];
    double[] aroundY = new double[2 * n];
    for (int i = 0; i < n; i++) {
      aroundX[i] = x[i];
      aroundY[i] = high[i];
      aroundX[2 * n - 1 - i] = x[i];
      aroundY[2 * n - 1 - i] = low[i];
    }
    XYSeries band = chart.addSeries("band of " + name, aroundX, aroundY);
    band.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.PolygonArea);
    band.setFillColor(new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), BAND_ALPHA));
    band.setLineColor(new Color(0, 0, 0, 0));
    band.setMarker(SeriesMarkers.NONE);
    band.setShowInLegend(false);
  }

  /** A method that cannot be drawn keeps a place in the legend. */
  static void absent(XYChart chart, String label, Theme theme) {
    legendOnly(chart, label, SeriesMarkers.PLUS, theme);
  }

  /** Says in the legend alone what a marker means. */
  static void legendOnly(XYChart chart, String label, Marker marker, Theme theme) {
    double[] nowhere = {Double.NaN};
    XYSeries series = chart.addSeries(label, nowhere, nowhere);
    series.setLabel(legend(label));
    series.setMarker(marker);
    series.setMarkerColor(theme.faint());
    series.setLineStyle(SeriesLines.NONE);
    series.setLineColor(theme.ground());
  }

  /** Tick labels with as many decimals as a stretch of this length needs, all the same. */
  static Function<Double, String> ticks(Unit unit, double length) {
    if (unit != Unit.FRACTION && unit != Unit.NATS) {
      return unit::tick;
    }
    int decimals = (int) Math.max(0, 1 - Math.floor(Math.log10(length)));
    return place -> Figures.fixed(place, decimals);
  }

  /** A name folded for the legend. */
  static String legend(String name) {
    return String.join("\n", Wrapped.lines(name, LEGEND_LINE));
  }
}
