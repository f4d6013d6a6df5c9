package io.coppice.framework.results;

import io.coppice.framework.display.Look;
import io.coppice.framework.display.Theme;
import io.coppice.framework.statistics.Estimate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.XYStyler;

/** One metric over another: a point with its interval per method, a curve per family. */
final class TradeOffChart {
  /** The ratio of largest to smallest above which an axis of factors is logarithmic. */
  private static final double LOGARITHMIC_ABOVE = 5;

  /** The share of the x axis left free at either end. */
  private static final double MARGIN = 0.06;

  /** The share of the x axis between points drawn side by side. */
  private static final double SIDE_BY_SIDE = 0.014;

  private final List<MethodRow> rows;
  private final Map<String, Look> looks;
  private final Theme theme;

  TradeOffChart(List<MethodRow> rows, String baseline, Theme theme) {
    this.rows = rows;
    this.looks = Marks.looks(rows, baseline);
    this.theme = theme;
  }

  private record Point(MethodRow row, Look look, double x, Estimate y) {}

  XYChart draw(Column x, Column y) {
    XYChart chart = ChartFrame.chart(x.axis(), y.axis(), theme);
    List<Point> points = new ArrayList<>();
    List<MethodRow> absent = new ArrayList<>();
    for (MethodRow row : rows) {
      double place = x.unit().plotted(row.mean(x));
      Estimate estimate = row.estimate(y);
      if (Double.isFinite(place) && estimate.count() > 0) {
        points.add(new Point(row, looks.get(row.method()), place, estimate));
      } else {
        absent.add(row);
      }
    }
    boolean logarithmic = limit(chart, points, x, y);
    Map<String, List<Point>> curves = new LinkedHashMap<>();
    for (Point point : apart(points, chart.getStyler(), logarithmic)) {
      curves.computeIfAbsent(point.look().family(), any -> new ArrayList<>()).add(point);
    }
    curves.values().forEach(curve -> curve.sort(Comparator.comparingDouble(Point::x)));
    curves.forEach((family, curve) -> addBand(chart, family, curve, y.unit()));
    curves.forEach((family, curve) -> addPoints(chart, family, curve, y.unit()));
    absent.forEach(row -> ChartFrame.absent(chart, row.label(), theme));
    return chart;
  }

  /** Sets both axes; true when x is logarithmic. */
  private boolean limit(XYChart chart, List<Point> points, Column x, Column y) {
    XYStyler style = chart.getStyler();
    double low = points.stream().mapToDouble(Point::x).min().orElse(1);
    double high = points.stream().mapToDouble(Point::x).max().orElse(10);
    boolean logarithmic = x.unit().multiplies() && low > 0 && high / low > LOGARITHMIC_ABOVE;
    if (logarithmic) {
      double margin = Math.pow(high / low, MARGIN);
      style.setXAxisMin(low / margin);
      style.setXAxisMax(high * margin);
      chart.addAnnotation(LogarithmicTicks.of(style, theme, x.unit()::tick));
    } else {
      double margin = high > low ? MARGIN * (high - low) : Math.max(Math.abs(high), 1) * 0.1;
      style.setXAxisMin(low - margin);
      style.setXAxisMax(high + margin);
      style.setxAxisTickLabelsFormattingFunction(
          ChartFrame.ticks(x.unit(), high - low + 2 * margin));
    }
    Span span = Span.of(rows, y);
    if (!span.isEmpty()) {
      double bottom = y.unit().plotted(span.low());
      double top = y.unit().plotted(span.high());
      style.setYAxisMin(bottom);
      style.setYAxisMax(top);
      style.setyAxisTickLabelsFormattingFunction(ChartFrame.ticks(y.unit(), top - bottom));
    }
    return logarithmic;
  }

  /** Points at one place would hide each other: they are drawn side by side around it. */
  private static List<Point> apart(List<Point> points, XYStyler style, boolean logarithmic) {
    DoubleUnaryOperator scale = logarithmic ? Math::log : DoubleUnaryOperator.identity();
    DoubleUnaryOperator back = logarithmic ? Math::exp : DoubleUnaryOperator.identity();
    double step =
        SIDE_BY_SIDE
            * (scale.applyAsDouble(style.getXAxisMax()) - scale.applyAsDouble(style.getXAxisMin()));
    List<Point> apart = new ArrayList<>();
    for (Point point : points) {
      double place = scale.applyAsDouble(point.x());
      List<Point> together =
          points.stream()
              .filter(p -> Math.abs(scale.applyAsDouble(p.x()) - place) < step / 2)
              .toList();
      double aside = together.indexOf(point) - (together.size() - 1) / 2.0;
      double moved = aside == 0 ? point.x() : back.applyAsDouble(place + aside * step);
      apart.add(new Point(point.row(), point.look(), moved, point.y()));
    }
    return apart;
  }

  private static double[] values(List<Point> points, ToDoubleFunction<Point> value) {
    return points.stream().mapToDouble(value).toArray();
  }

  private static double half(Point point, Unit unit) {
    return point.y().hasInterval() ? unit.plotted(point.y().halfWidth95()) : 0;
  }

  private void addBand(XYChart chart, String family, List<Point> curve, Unit unit) {
    if (curve.size() > 1) {
      double[] x = values(curve, Point::x);
      double[] low = values(curve, p -> unit.plotted(p.y().mean()) - half(p, unit));
      double[] high = values(curve, p -> unit.plotted(p.y().mean()) + half(p, unit));
      ChartFrame.band(chart, family, x, low, high, theme.colour(curve.get(0).look()));
    }
  }

  private void addPoints(XYChart chart, String family, List<Point> curve, Unit unit) {
    Look look = curve.get(0).look();
    String name = curve.size() == 1 ? curve.get(0).row().method() : family;
    XYSeries series =
        chart.addSeries(
            name,
            values(curve, Point::x),
            values(curve, p -> unit.plotted(p.y().mean())),
            values(curve, p -> half(p, unit)));
    series.setLabel(ChartFrame.legend(curve.size() == 1 ? curve.get(0).row().label() : family));
    series.setMarker(Marks.marker(look));
    series.setMarkerColor(theme.colour(look));
    series.setLineColor(theme.colour(look));
    series.setLineStyle(ChartFrame.LINE);
    if (curve.size() == 1) {
      series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    }
  }
}
