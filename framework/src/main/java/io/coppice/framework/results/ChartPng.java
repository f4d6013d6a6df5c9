package io.coppice.framework.results;

import io.coppice.framework.display.Png;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import org.knowm.xchart.XYChart;

/** A chart as a PNG, twice its size in pixels so that it stays sharp on fine screens. */
final class ChartPng {
  private static final int SCALE = 2;

  private ChartPng() {}

  static byte[] of(XYChart chart) {
    BufferedImage image =
        new BufferedImage(
            SCALE * chart.getWidth(), SCALE * chart.getHeight(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.scale(SCALE, SCALE);
    chart.paint(graphics, chart.getWidth(), chart.getHeight());
    graphics.dispose();
    return Png.of(image);
  }
}
