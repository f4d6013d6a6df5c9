package io.coppice.framework.results;

import io.coppice.framework.display.Displayable;
import io.coppice.framework.display.Picture;
import io.coppice.framework.display.Sheet;
import io.coppice.framework.display.Theme;
import io.coppice.framework.display.Wrapped;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.knowm.xchart.XYChart;

/** A chart in its page's colours, light or dark; in a terminal, the numbers that it draws. */
public final class Chart implements Displayable {
  private final Function<Theme, XYChart> drawing;
  private final String words;
  private final IntFunction<String> numbers;

  /**
   * @param words for those who do not see it
   * @param numbers lines of at most so many characters
   */
  private Chart(Function<Theme, XYChart> drawing, String words, IntFunction<String> numbers) {
    this.drawing = drawing;
    this.words = words;
    this.numbers = numbers;
  }

  static Chart tradeOff(List<MethodRow> rows, String baseline, Column x, Column y) {
    TradeOffText text = new TradeOffText(rows, baseline, x, y);
    return new Chart(
        theme -> new TradeOffChart(rows, baseline, theme).draw(x, y), text.words(), text::fit);
  }

  static Chart learningCurves(List<MethodRow> rows, String baseline) {
    LearningCurvesText text = new LearningCurvesText(rows);
    return new Chart(
        theme -> new LearningCurves(rows, baseline, theme).draw(), text.words(), text::fit);
  }

  /** The chart in the colours of a light page, anew at each call, for the caller to change. */
  public XYChart xyChart() {
    return xyChart(Theme.LIGHT);
  }

  /** The chart in these colours, anew at each call, for the caller to change. */
  public XYChart xyChart(Theme theme) {
    return drawing.apply(theme);
  }

  /** The bytes of a PNG file, in the colours of a light page. */
  public byte[] png() {
    return ChartPng.of(xyChart());
  }

  /** Without the style of a fragment. */
  String figure() {
    return picture(Theme.LIGHT).html(words, picture(Theme.DARK));
  }

  private Picture picture(Theme theme) {
    XYChart chart = xyChart(theme);
    return new Picture(ChartPng.of(chart), chart.getWidth(), chart.getHeight());
  }

  /** The numbers that are drawn, a line for each method. */
  @Override
  public String toText(int width) {
    return numbers.apply(width);
  }

  @Override
  public String toHtml() {
    return Sheet.fragment(figure());
  }

  @Override
  public String toString() {
    return toText(Wrapped.USUAL_WIDTH);
  }
}
