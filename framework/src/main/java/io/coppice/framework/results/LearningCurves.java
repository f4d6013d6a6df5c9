package io.coppice.framework.results;

import io.coppice.framework.display.Look;
import io.coppice.framework.display.Theme;
import io.coppice.framework.run.RunResult;
import io.coppice.framework.statistics.Estimate;
import io.coppice.framework.training.EpochRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Validation accuracy by epoch, the mean of the finished seeds within its 95 % interval. */
final class LearningCurves {
  /** The steep first part says little: the axis starts where this share of all means is above. */
  private static final double SHOWN = 0.85;

  /** How far above all means the axis follows a band, as a share of the axis. */
  private static final double BAND_SHOWN = 0.2;

  /** How far above the axis' lower edge a fall below it is marked, as a share of the axis. */
  private static final double EDGE = 0.02;

  private static final Marker FALL = SeriesMarkers.TRIANGLE_DOWN;

  private final List<MethodRow> rows;
  private final Map<String, Look> looks;
  private final Theme theme;

  LearningCurves(List<MethodRow> rows, String baseline, Theme theme) {
    this.rows = rows;
    this.looks = Marks.looks(rows, baseline);
    this.theme = theme;
  }

  XYChart draw() {
    XYChart chart = ChartFrame.chart("epoch", "validation accuracy (%)", theme);
    Map<String, Map<Integer, Estimate>> curves = new LinkedHashMap<>();
    for (MethodRow row : rows) {
      Map<Integer, Estimate> curve = curve(row);
      if (!curve.isEmpty()) {
        curves.put(row.method(), curve);
      }
    }
    curves.forEach((method, curve) -> addBand(chart, method, curve));
    curves.forEach((method, curve) -> addMean(chart, method, curve));
    rows.stream()
        .filter(row -> !curves.containsKey(row.method()))
        .forEach(row -> ChartFrame.absent(chart, row.label(), theme));
    limit(chart.getStyler(), curves.values());
    addFalls(chart, curves);
    return chart;
  }

  /** The mean over finished seeds of each epoch, in order. */
  static Map<Integer, Estimate> curve(MethodRow row) {
    Map<Integer, List<Double>> values = new TreeMap<>();
    for (RunResult run : row.finished()) {
      for (EpochRow epoch : run.epochs()) {
        if (Double.isFinite(epoch.validationAccuracy())) {
          values
              .computeIfAbsent(epoch.epoch(), any -> new ArrayList<>())
              .add(epoch.validationAccuracy());
        }
      }
    }
    Map<Integer, Estimate> curve = new TreeMap<>();
    values.forEach(
        (epoch, sample) ->
            curve.put(
                epoch, Estimate.of(sample.stream().mapToDouble(Double::doubleValue).toArray())));
    return curve;
  }

  private void addBand(XYChart chart, String method, Map<Integer, Estimate> curve) {
    if (curve.values().stream().allMatch(Estimate::hasInterval)) {
      double[] low = percent(curve, estimate -> Math.max(0, estimate.low()));
      double[] high = percent(curve, estimate -> Math.min(1, estimate.high()));
      ChartFrame.band(chart, method, epochs(curve), low, high, theme.colour(looks.get(method)));
    }
  }

  private void addMean(XYChart chart, String method, Map<Integer, Estimate> curve) {
    Look look = looks.get(method);
    XYSeries series = chart.addSeries(method, epochs(curve), percent(curve, Estimate::mean));
    series.setLabel(ChartFrame.legend(method));
    series.setMarker(curve.size() == 1 ? Marks.marker(look) : SeriesMarkers.NONE);
    series.setMarkerColor(theme.colour(look));
    series.setLineColor(theme.colour(look));
    series.setLineStyle(Marks.stroke(look));
  }

  /** Marks at the axis' lower edge where curves that were above it fall below. */
  private void addFalls(XYChart chart, Map<String, Map<Integer, Estimate>> curves) {
    Map<String, double[]> falls = new LinkedHashMap<>();
    curves.forEach(
        (method, curve) -> {
          double[] epochs = falls(curve, chart.getStyler().getYAxisMin());
          if (epochs.length > 0) {
            falls.put(method, epochs);
          }
        });
    falls.forEach((method, epochs) -> addFalls(chart, method, epochs));
    if (!falls.isEmpty()) {
      ChartFrame.legendOnly(chart, "falls below the axis", FALL, theme);
    }
  }

  private void addFalls(XYChart chart, String method, double[] epochs) {
    double low = chart.getStyler().getYAxisMin();
    double[] edge = new double[epochs.length];
    Arrays.fill(edge, low + EDGE * (chart.getStyler().getYAxisMax() - low));
    XYSeries marks = chart.addSeries("falls of " + method, epochs, edge);
    marks.setMarker(FALL);
    marks.setMarkerColor(theme.colour(looks.get(method)));
    marks.setLineStyle(SeriesLines.NONE);
    marks.setShowInLegend(false);
  }

  /** The lowest epoch of each stretch below that percentage, but for the one at the beginning. */
  private static double[] falls(Map<Integer, Estimate> curve, double low) {
    List<Integer> falls = new ArrayList<>();
    boolean risen = false;
    Integer lowest = null;
    for (Map.Entry<Integer, Estimate> point : curve.entrySet()) {
      if (100 * point.getValue().mean() >= low) {
        risen = true;
        if (lowest != null) {
          falls.add(lowest);
        }
        lowest = null;
      } else if (risen && (lowest == null || point.getValue().mean() < curve.get(lowest).mean())) {
        lowest = point.getKey();
      }
    }
    return falls.stream().mapToDouble(Integer::doubleValue).toArray();
  }

  private static double last(Map<Integer, Estimate> curve) {
    return 100 * curve.get(Collections.max(curve.keySet())).mean();
  }

  private static double[] epochs(Map<Integer, Estimate> curve) {
    return curve.keySet().stream().mapToDouble(Integer::doubleValue).toArray();
  }

  private static double[] percent(Map<Integer, Estimate> curve, ToDoubleFunction<Estimate> value) {
    return curve.values().stream().mapToDouble(e -> 100 * value.applyAsDouble(e)).toArray();
  }

  private static void limit(XYStyler style, Collection<Map<Integer, Estimate>> curves) {
    int last = curves.stream().flatMap(c -> c.keySet().stream()).max(Integer::compare).orElse(1);
    style.setXAxisMin(0.0);
    style.setXAxisMax((double) last);
    style.setxAxisTickLabelsFormattingFunction(
        place -> place == Math.rint(place) ? Unit.COUNT.tick(place) : " ");
    double[] means =
        curves.stream()
            .flatMap(curve -> curve.values().stream())
            .mapToDouble(estimate -> 100 * estimate.mean())
            .sorted()
            .toArray();
    if (means.length > 0) {
      double top = means[means.length - 1];
      double steep = means[(int) Math.floor((1 - SHOWN) * (means.length - 1))];
      double low = curves.stream().mapToDouble(LearningCurves::last).reduce(steep, Math::min);
      double margin = Math.max(0.1, 0.1 * (top - low));
      style.setYAxisMin(Math.max(0, low - margin));
      double highest =
          curves.stream()
              .flatMap(curve -> curve.values().stream())
              .filter(Estimate::hasInterval)
              .mapToDouble(estimate -> 100 * estimate.high())
              .reduce(top, Math::max);
      double ceiling = Math.min(highest, top + BAND_SHOWN * (top - low)) + margin / 2;
      style.setYAxisMax(Math.min(100, ceiling));
      style.setyAxisTickLabelsFormattingFunction(
          ChartFrame.ticks(Unit.FRACTION, ceiling - low + margin));
    }
  }
}
