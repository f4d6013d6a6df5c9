package io.coppice.framework.display;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class PlotTest {
  private static final Look BLUE = new Look("a", 0, 0);

  private static Document drawn(double[] y) throws Exception {
    double[] x = new double[y.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = i;
    }
    Plot.Curve curve = new Plot.Curve(BLUE, x, y, true);
    return Pages.parsed(new Plot("loss", "epoch", 4, Figures::shortest, List.of(curve)).svg());
  }

  @Test
  void placesStandWhereTheirNumbersSay() throws Exception {
    Document svg = drawn(new double[] {0, 5, 10, 10, 0});
    Element curve = (Element) svg.getElementsByTagName("polyline").item(0);
    assertEquals(
        "46.0,176.0 131.5,101.0 217.0,26.0 302.5,26.0 388.0,176.0", curve.getAttribute("points"));
    assertEquals("var(--series-0)", curve.getAttribute("stroke"));
  }

  @Test
  void aLongCurveIsThinnedToItsEnd() throws Exception {
    double[] y = new double[1001];
    Arrays.setAll(y, i -> i / 100.0);
    String points =
        ((Element) drawn(y).getElementsByTagName("polyline").item(0)).getAttribute("points");
    assertEquals(201, points.split(" ").length);
    assertTrue(points.endsWith("85546.0,26.0"), points);
  }

  @Test
  void whatIsNoNumberBreaksTheLine() throws Exception {
    Document svg = drawn(new double[] {0, 1, Double.NaN, 4, Double.NaN});
    assertEquals(1, svg.getElementsByTagName("polyline").getLength());
    assertEquals(1, svg.getElementsByTagName("circle").getLength());
  }

  @Test
  void nothingAndOneNumberAreDrawnToo() throws Exception {
    assertEquals(0, drawn(new double[0]).getElementsByTagName("polyline").getLength());
    assertEquals(1, drawn(new double[] {0.7}).getElementsByTagName("circle").getLength());
  }

  @Test
  void sharesStandBetweenNothingAndAll() throws Exception {
    double[] x = {0, 4};
    Plot.Curve curve = new Plot.Curve(BLUE, x, new double[] {0.5, 0.25}, true);
    Document svg = Pages.parsed(Plot.ofShares("open", "step", 4, List.of(curve)).svg());
    Element line = (Element) svg.getElementsByTagName("polyline").item(0);
    assertEquals("46.0,101.0 388.0,138.5", line.getAttribute("points"));
    assertEquals(
        "open, from 0 % to 100 %, over step 0 to 4",
        svg.getDocumentElement().getAttribute("aria-label"));
  }

  @Test
  void tellsItsAxesInWords() throws Exception {
    String words = drawn(new double[] {0, 5, 10}).getDocumentElement().getAttribute("aria-label");
    assertEquals("loss, from 0 to 10, over epoch 0 to 4", words);
  }

  @Test
  void ticksAreRoundNumbers() {
    double[] values = {0.31, 0.35, 0.4, 0.52};
    assertArrayEquals(new double[] {0.3, 0.4, 0.5, 0.6}, Ticks.over(values, 0, 4).places(), 1e-9);
    assertArrayEquals(new double[] {0, 10, 20, 30, 40}, Ticks.whole(40, 4).places(), 1e-9);
    assertArrayEquals(new double[] {0, 1}, Ticks.whole(1, 4).places(), 1e-9);
    assertTrue(Ticks.over(new double[] {3, 3, 3}, 0, 4).high() > 3 - 1e-9);
  }

  @Test
  void theSteepBeginningIsLeftOut() {
    double[] values = {10, 80, 95, 96, 96.5, 97, 97.5, 98, 98.2, 98.3, 98.4, 98.5, 98.6};
    assertEquals(80, Ticks.over(values, 0.1, 4).low(), 1e-9);
  }

  @Test
  void aFewValuesAreAllDrawn() {
    double[] values = {33, 37, 40, 41, 42, 43, 44, 45, 46, 46.5, 47, 48, 49, 53};
    Ticks ticks = Ticks.over(values, 0.08, 4);
    assertTrue(ticks.hold(33) && ticks.hold(53), ticks::toString);
  }

  @Test
  void aLineOfTextShowsACurve() {
    assertEquals("▁▅█", Spark.line(new double[] {0, 0.55, 1}, 10));
    assertEquals("▂▄▆█", Spark.line(new double[] {1, 2, 3, 4, 5, 6, 7, 8}, 4));
    assertEquals("", Spark.line(new double[] {Double.NaN}, 4));
  }
}
