package io.coppice.notebooks.render;

import io.coppice.framework.display.Displayable;
import io.coppice.framework.display.Picture;
import io.coppice.framework.display.Png;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import org.knowm.xchart.internal.chartpart.Chart;

/** An XChart chart in twice its size of pixels, so that it stays sharp on fine screens. */
final class ChartView extends Pictured {
  private static final int SCALE = 2;

  private final Chart<?, ?> chart;

  private ChartView(Chart<?, ?> chart) {
    this.chart = chart;
  }

  static Displayable of(Object chart) {
    return new ChartView((Chart<?, ?>) chart);
  }

  @Override
  Picture picture() {
    int width = chart.getWidth();
    int height = chart.getHeight();
    BufferedImage image =
        new BufferedImage(SCALE * width, SCALE * height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.scale(SCALE, SCALE);
    chart.paint(graphics, width, height);
    graphics.dispose();
    return new Picture(Png.of(image), width, height);
  }

  /** Its title, its axes and the names in its legend. */
  @Override
  String words() {
    StringBuilder words = new StringBuilder("chart");
    String title = chart.getTitle();
    words.append(title == null || title.isBlank() ? "" : " “" + title.strip() + "”");
    String y = chart.getYAxisTitle();
    String x = chart.getXAxisTitle();
    if (y != null && x != null && !y.isBlank() && !x.isBlank()) {
      words.append(": ").append(y.strip()).append(" over ").append(x.strip());
    }
    String series =
        String.join(
            ", ",
            chart.getSeriesMap().values().stream()
                .filter(one -> one.isShowInLegend())
                .map(one -> one.getLabel().replaceAll("\\s+", " "))
                .toList());
    return words.append(series.isEmpty() ? "" : " of " + series).toString();
  }
}
