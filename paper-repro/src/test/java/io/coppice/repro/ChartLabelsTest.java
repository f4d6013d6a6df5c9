package io.coppice.repro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ChartLabelsTest {
  private static final Pattern TEXT =
      Pattern.compile("<text[^>]* x=\"(\\S+)\" y=\"(\\S+)\" text-anchor=\"(\\w+)\">([^<]*)");
  private static final double LOWEST = 400;

  /** Each one's left end, height and right end. */
  private static List<double[]> places(ChartLabels labels) {
    Svg svg = new Svg(1000, 460);
    labels.write(svg, 0, LOWEST);
    List<double[]> places = new ArrayList<>();
    Matcher texts = TEXT.matcher(svg.element("chart", "labels"));
    while (texts.find()) {
      double length = ChartLabels.LETTER * texts.group(4).length();
      double x = Double.parseDouble(texts.group(1));
      double from = texts.group(3).equals("start") ? x : x - length;
      places.add(new double[] {from, Double.parseDouble(texts.group(2)), from + length});
    }
    return places;
  }

  @Test
  void noneCoversAnotherOrStandsBelowTheDrawing() {
    Random random = new Random(3);
    ChartLabels labels = new ChartLabels();
    for (int i = 0; i < 60; i++) {
      labels.add("ours", random.nextInt(800), LOWEST - random.nextInt(200), "dense " + (10 + i));
    }
    List<double[]> places = places(labels);
    assertEquals(60, places.size());
    for (double[] one : places) {
      assertTrue(one[1] <= LOWEST + 4.1);
      assertTrue(one[0] >= 0);
      for (double[] other : places) {
        assertTrue(
            one == other
                || one[0] > other[2] - 0.2
                || other[0] > one[2] - 0.2
                || Math.abs(one[1] - other[1]) > 12.8);
      }
    }
  }

  @Test
  void stayAtTheirPointsWhereThereIsRoom() {
    ChartLabels labels = new ChartLabels();
    labels.add("ours", 10, 50, "dense");
    labels.add("ours", 10, 70, "magnitude");
    labels.add("ours", 10, 70, "magnitude");
    List<double[]> places = places(labels);
    assertEquals(2, places.size());
    assertEquals(54, places.get(0)[1]);
    assertEquals(74, places.get(1)[1]);
  }
}
