package io.coppice.framework.results;

import io.coppice.framework.display.Theme;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.TextLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import org.knowm.xchart.internal.chartpart.Annotation;
import org.knowm.xchart.style.XYStyler;

/**
 * The labels of a logarithmic x axis at 1, 2 and 5 of each decade, or over many decades at the 1
 * alone. XChart's own labels crowd within a decade, so they are hidden and these drawn in their
 * place.
 */
final class LogarithmicTicks extends Annotation {
  private static final double MANY = 200;
  private static final int MARK = 4;
  private static final int BELOW = 21;

  private final List<Double> places;
  private final DoubleFunction<String> label;
  private final Font font;
  private final Color colour;

  private LogarithmicTicks(XYStyler style, Theme theme, DoubleFunction<String> label) {
    super(false);
    this.places = places(style.getXAxisMin(), style.getXAxisMax());
    this.label = label;
    this.font = style.getAxisTickLabelsFont();
    this.colour = theme.faint();
  }

  /** Makes an axis with limits logarithmic. */
  static Annotation of(XYStyler style, Theme theme, DoubleFunction<String> label) {
    style.setXAxisLogarithmic(true);
    style.setXAxisTickLabelsColor(new Color(0, 0, 0, 0));
    return new LogarithmicTicks(style, theme, label);
  }

  static List<Double> places(double low, double high) {
    int[] digits = high / low > MANY ? new int[] {1} : new int[] {1, 2, 5};
    List<Double> places = new ArrayList<>();
    for (double decade = Math.pow(10, Math.floor(Math.log10(low))); decade <= high; decade *= 10) {
      for (int digit : digits) {
        if (digit * decade >= low && digit * decade <= high) {
          places.add(digit * decade);
        }
      }
    }
    return places;
  }

  @Override
  public void paint(Graphics2D graphics) {
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setColor(colour);
    // Screens count y downwards: XChart's largest screen value is the axis's lower end.
    int bottom = getYAxisScreenValueForMax();
    for (double place : places) {
      int x = getXAxisScreenValue(place);
      graphics.drawLine(x, bottom, x, bottom + MARK);
      TextLayout layout = new TextLayout(label.apply(place), font, graphics.getFontRenderContext());
      layout.draw(graphics, x - layout.getAdvance() / 2, (float) bottom + BELOW);
    }
  }
}
