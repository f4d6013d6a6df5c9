package io.coppice.framework.results;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coppice.framework.display.Look;
import io.coppice.framework.display.Pages;
import io.coppice.framework.display.Theme;
import io.coppice.framework.run.RunResult;
import java.awt.Color;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import tech.tablesaw.api.Table;

class ChartsTest {

  @Test
  void pointsAreMeansWithTheirIntervals() {
    Results results = Studies.mnist();
    XYChart chart = results.chart(Column.CR, Column.ACCURACY).xyChart();
    Table summary = results.summary();
    XYSeries dense = chart.getSeriesMap().get("dense");
    assertArrayEquals(new double[] {1}, dense.getXData(), 1e-12);
    assertEquals(100 * summary.doubleColumn("accuracy_mean").get(0), dense.getYData()[0], 1e-9);
    assertEquals(
        100 * summary.doubleColumn("accuracy_ci95").get(0), dense.getExtraValues()[0], 1e-9);
    assertTrue(chart.getStyler().isXAxisLogarithmic());
  }

  @Test
  void methodsThatDifferInNumbersAreOneCurveWithABand() {
    Map<String, XYSeries> series =
        Studies.mnist().chart(Column.CR, Column.ACCURACY).xyChart().getSeriesMap();
    XYSeries curve = series.get("magnitude global keep …");
    assertEquals(3, curve.getXData().length);
    assertTrue(curve.getXData()[0] < curve.getXData()[1]);
    XYSeries band = series.get("band of magnitude global keep …");
    assertEquals(6, band.getXData().length);
    assertEquals(curve.getYData()[0] + curve.getExtraValues()[0], band.getYData()[0], 1e-9);
    assertEquals(curve.getYData()[0] - curve.getExtraValues()[0], band.getYData()[5], 1e-9);
    assertFalse(band.isShowInLegend());
  }

  @Test
  void pointsAtOnePlaceStandSideBySide() {
    Map<String, XYSeries> series =
        Studies.mnist().chart(Column.CR, Column.ACCURACY).xyChart().getSeriesMap();
    double rigl = series.get("rigl keep 0.16").getXData()[0];
    double random = series.get("random keep 0.16").getXData()[0];
    assertEquals(6.25, rigl, 0.7);
    assertTrue(Math.abs(Math.log(rigl / random)) > 0.04);
  }

  @Test
  void collapsedMethodsAreInTheLegendAlone() {
    for (Chart chart :
        List.of(
            Studies.mnist().chart(Column.CR, Column.ACCURACY), Studies.mnist().learningCurves())) {
      XYSeries dead = chart.xyChart().getSeriesMap().get("switcher literal (collapsed)");
      assertTrue(Double.isNaN(dead.getYData()[0]));
      assertEquals("switcher literal\n(collapsed)", dead.getLabel());
    }
  }

  @Test
  void learningCurvesAreMeansOverSeeds() {
    Results results = Studies.mnist();
    XYSeries dense = results.learningCurves().xyChart().getSeriesMap().get("dense");
    assertEquals(Studies.EPOCHS, dense.getXData().length);
    Table epochs = results.epochs();
    double sum = 0;
    for (int row = 0; row < epochs.rowCount(); row++) {
      if (epochs.stringColumn("method").get(row).equals("dense")
          && epochs.intColumn("epoch").get(row) == 7) {
        sum += epochs.doubleColumn("validation_accuracy").get(row);
      }
    }
    assertEquals(100 * sum / 3, dense.getYData()[6], 1e-9);
  }

  @Test
  void fallsBelowTheAxisAreMarkedAtItsEdge() {
    List<RunResult> runs = new ArrayList<>();
    Studies.method(runs, "dense", 0.98, 0.001, 1);
    runs.add(
        Studies.fallen(
            Studies.run("magnitude 95%", 1, 0.97, 0.001, 0.05),
            Map.of(11, 0.6, 12, 0.5, 13, 0.7, 20, 0.1)));
    XYChart chart = Studies.results("falls", runs).learningCurves().xyChart();
    Map<String, XYSeries> series = chart.getSeriesMap();
    XYSeries falls = series.get("falls of magnitude 95%");
    assertArrayEquals(new double[] {12, 20}, falls.getXData());
    double low = chart.getStyler().getYAxisMin();
    assertTrue(low > 70 && falls.getYData()[0] > low && falls.getYData()[0] < low + 1, "" + low);
    assertFalse(series.containsKey("falls of dense"), "every curve begins below");
    assertTrue(series.get("falls below the axis").isShowInLegend());
    assertFalse(
        Studies.mnist()
            .learningCurves()
            .xyChart()
            .getSeriesMap()
            .containsKey("falls below the axis"));
  }

  @Test
  void anyTwoColumnsCanBeDrawn() {
    List<RunResult> runs = new ArrayList<>();
    Studies.method(runs, "dense", 0.98, 0.001, 1);
    runs.add(Studies.run("l0", 1, 0.97, 0.001, 0.1));
    Results results = Studies.results("few", runs);
    for (Column column : Column.values()) {
      assertTrue(results.chart(column, Column.ACCURACY).png().length > 0);
      assertTrue(results.chart(Column.SECONDS, column).png().length > 0);
    }
    Results none = Studies.results("none", List.of());
    assertTrue(none.chart(Column.CR, Column.ACCURACY).png().length > 0);
    assertTrue(none.learningCurves().png().length > 0);
  }

  @Test
  void chartsAreDrawnForLightAndDarkPages() throws Exception {
    Chart chart = Studies.mnist().chart(Column.CR, Column.ACCURACY);
    NodeList images = Pages.parsed(chart.toHtml()).getElementsByTagName("img");
    assertEquals(2, images.getLength());
    List<Color> grounds = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Element image = (Element) images.item(i);
      assertTrue(image.getAttribute("alt").contains("dense 98."), image.getAttribute("alt"));
      assertEquals("860", image.getAttribute("width"));
      byte[] png = Base64.getDecoder().decode(image.getAttribute("src").split(",")[1]);
      grounds.add(new Color(ImageIO.read(new ByteArrayInputStream(png)).getRGB(2, 2)));
    }
    assertEquals(List.of(Theme.LIGHT.ground(), Theme.DARK.ground()), grounds);
  }

  @Test
  void chartsAreTheirNumbersInATerminal() {
    Results results = Studies.mnist();
    for (Chart chart :
        List.of(results.chart(Column.CR, Column.ACCURACY), results.learningCurves())) {
      for (int width : new int[] {60, 80, 100, 140}) {
        chart.toText(width).lines().forEach(line -> assertTrue(line.length() <= width, line));
      }
    }
    String text = results.chart(Column.CR, Column.ACCURACY).toText(100);
    String dense = text.lines().filter(line -> line.startsWith("dense")).findFirst().orElseThrow();
    assertTrue(dense.contains("1.0×") && dense.contains("├") && dense.contains("●"), text);
    String curves = results.learningCurves().toText(100);
    assertTrue(curves.contains("▁") && curves.contains("█"), curves);
  }

  @Test
  void logarithmicTicksAreRound() {
    assertEquals(List.of(1.0, 2.0, 5.0, 10.0, 20.0), LogarithmicTicks.places(0.8, 40));
    assertEquals(List.of(100.0, 1000.0, 10_000.0), LogarithmicTicks.places(50, 50_000));
  }

  @Test
  void familiesLoseNumbersButNotNames() {
    assertEquals("magnitude global keep …", Look.family("magnitude global keep 0.16"));
    assertEquals("magnitude …", Look.family("magnitude 95%"));
    assertEquals("switcher connections …", Look.family("switcher connections 42.5K"));
    assertEquals("l0", Look.family("l0"));
    assertEquals("l0 λ …", Look.family("l0 λ 1e-5"));
    assertEquals("lenet300100", Look.family("lenet300100"));
  }

  @Test
  void spanKeepsWideIntervalsFromHidingTheRest() {
    List<RunResult> runs =
        List.of(
            Studies.run("a", 1, 0.5, 0, 1),
            Studies.run("a", 2, 0.6, 0, 1),
            Studies.run("b", 1, 0.7, 0, 1));
    MethodRow a = new MethodRow("a", runs.subList(0, 2), null);
    MethodRow b = new MethodRow("b", runs.subList(2, 3), null);
    // Runs span 0.5 to 0.7; a's interval of two seeds is 0.55 ± 0.635.
    Span span = Span.of(List.of(a, b), Column.ACCURACY);
    assertEquals(0.3 - 0.012, span.low(), 1e-9);
    assertEquals(0.9 + 0.012, span.high(), 1e-9);
    assertTrue(Span.of(List.of(), Column.ACCURACY).isEmpty());
  }
}
