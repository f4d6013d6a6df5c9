package io.coppice.framework.display;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/**
 * Curves over a common x axis, drawn small within a page, in colours that follow its theme.
 *
 * @param title what is drawn, over the plot
 * @param x what the x axis counts
 * @param end the last place of the x axis, which begins at 0
 * @param label how a place on the y axis is written
 * @param shares whether the y axis runs from 0 to 1, whatever the curves reach
 */
public record Plot(
    String title,
    String x,
    double end,
    DoubleFunction<String> label,
    List<Curve> curves,
    boolean shares) {
  private static final int WIDTH = 400;
  private static final int HEIGHT = 210;
  private static final int LEFT = 46;
  private static final int RIGHT = 12;
  private static final int TOP = 26;
  private static final int BOTTOM = 34;
  private static final int TICKS = 4;

  /** Of a curve with more places than these, every second is drawn, or every third, and so on. */
  private static final int MOST_PLACES = 240;

  /** Below this share of all places the steep beginning is not drawn. */
  private static final double STEEP = 0.08;

  private static final String[] DASHES = {"", "7 4", "2 3", "9 3 2 3", "14 4"};

  /**
   * @param live whether it is still growing; others stand back
   */
  public record Curve(Look look, double[] x, double[] y, boolean live) {}

  public Plot {
    curves = List.copyOf(curves);
  }

  /** Curves whose y axis reaches as far as they do. */
  public Plot(
      String title, String x, double end, DoubleFunction<String> label, List<Curve> curves) {
    this(title, x, end, label, curves, false);
  }

  /** Curves of shares, written in per cent. */
  public static Plot ofShares(String title, String x, double end, List<Curve> curves) {
    return new Plot(title, x, end, share -> Figures.shortest(100 * share) + " %", curves, true);
  }

  /** An SVG element; its words are the title and where each axis runs. */
  public String svg() {
    Ticks ticks = ticks();
    StringBuilder svg = new StringBuilder();
    svg.append(
        text(
            "<svg class=\"plot\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\""
                + " aria-label=\"%s\">",
            WIDTH, HEIGHT, WIDTH, HEIGHT, Html.escape(words(ticks))));
    svg.append(text("<text class=\"title\" x=\"0\" y=\"13\">%s</text>", Html.escape(title)));
    for (double place : ticks.places()) {
      double y = y(place, ticks);
      svg.append(
          text(
              "<line class=\"rule\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>",
              LEFT, WIDTH - RIGHT, y, y));
      svg.append(
          text(
              "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>",
              LEFT - 7, y + 4, Html.escape(label.apply(place))));
    }
    for (double place : Ticks.whole(end, TICKS).places()) {
      svg.append(
          text(
              "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>",
              x(place), HEIGHT - BOTTOM + 16, Figures.shortest(place)));
    }
    svg.append(
        text(
            "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>",
            (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 4, Html.escape(x)));
    curves.stream().filter(curve -> !curve.live()).forEach(c -> svg.append(curve(c, ticks)));
    curves.stream().filter(Curve::live).forEach(curve -> svg.append(curve(curve, ticks)));
    return svg.append("</svg>\n").toString();
  }

  private Ticks ticks() {
    double[] all =
        curves.stream()
            .flatMapToDouble(curve -> Arrays.stream(curve.y()))
            .filter(Double::isFinite)
            .sorted()
            .toArray();
    return shares || all.length == 0 ? new Ticks(0, 1, 0.25) : Ticks.over(all, STEEP, TICKS);
  }

  private String words(Ticks ticks) {
    return title
        + ", from "
        + label.apply(ticks.low())
        + " to "
        + label.apply(ticks.high())
        + ", over "
        + x
        + " 0 to "
        + Figures.shortest(end);
  }

  /** Unbroken stretches as lines, a place on its own as a dot. */
  private String curve(Curve curve, Ticks ticks) {
    String colour = "var(" + curve.look().property() + ")";
    String dashes = DASHES[curve.look().dash() % DASHES.length];
    String style = dashes.isEmpty() ? "" : " stroke-dasharray=\"" + dashes + "\"";
    String kind = curve.live() ? "curve live" : "curve";
    StringBuilder drawn = new StringBuilder();
    List<String> stretch = new ArrayList<>();
    int end = curve.y().length;
    int every = 1 + end / MOST_PLACES;
    for (int i = 0; i <= end; i++) {
      if (i % every != 0 && i < end - 1) {
        continue;
      }
      boolean inside = i < end && ticks.hold(curve.y()[i]);
      if (inside) {
        stretch.add(text("%.1f,%.1f", x(curve.x()[i]), y(curve.y()[i], ticks)));
      } else if (stretch.size() > 1) {
        drawn.append(
            "<polyline class=\"%s\" points=\"%s\" stroke=\"%s\"%s/>"
                .formatted(kind, String.join(" ", stretch), colour, style));
        stretch.clear();
      } else if (stretch.size() == 1) {
        String[] place = stretch.remove(0).split(",");
        drawn.append(
            "<circle cx=\"%s\" cy=\"%s\" r=\"2.2\" fill=\"%s\"/>"
                .formatted(place[0], place[1], colour));
      }
    }
    return drawn.toString();
  }

  private double x(double place) {
    return LEFT + (WIDTH - LEFT - RIGHT) * place / Math.max(end, 1e-12);
  }

  private double y(double place, Ticks ticks) {
    double share = (place - ticks.low()) / (ticks.high() - ticks.low());
    return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * share;
  }

  private static String text(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
