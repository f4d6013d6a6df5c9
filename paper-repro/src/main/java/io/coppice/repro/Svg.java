package io.coppice.repro;

import io.coppice.framework.display.Html;
import java.util.Locale;

/** A drawing in the making; places are in pixels, colours are the page's. */
final class Svg {
  private final StringBuilder marks = new StringBuilder();
  private final int width;
  private final int height;

  Svg(int width, int height) {
    this.width = width;
    this.height = height;
  }

  Svg line(String kind, double x1, double y1, double x2, double y2) {
    return add(
        "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
        kind, x1, y1, x2, y2);
  }

  Svg dot(String kind, double x, double y, double radius) {
    return add("<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"/>", kind, x, y, radius);
  }

  Svg diamond(String kind, double x, double y, double radius) {
    return add(
        "<path class=\"%1$s\" d=\"M%2$.1f %3$.1fl%4$.1f %4$.1fl-%4$.1f %4$.1fl-%4$.1f -%4$.1fz\"/>",
        kind, x, y - radius, radius);
  }

  Svg box(String kind, double x, double y, double width, double height) {
    return add(
        "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>",
        kind, x, y, width, height);
  }

  Svg path(String kind, String places) {
    return add("<polyline class=\"%s\" points=\"%s\"/>", kind, places);
  }

  /**
   * A text.
   *
   * @param anchor {@code start}, {@code middle} or {@code end}
   */
  Svg words(String kind, double x, double y, String anchor, String words) {
    return add(
        "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>",
        kind, x, y, anchor, Html.escape(words));
  }

  private Svg add(String format, Object... values) {
    marks.append(String.format(Locale.ROOT, format, values));
    return this;
  }

  /** The element, with what it shows in words. */
  String element(String kind, String spoken) {
    return String.format(
        Locale.ROOT,
        "<svg class=\"%s\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\""
            + " aria-label=\"%s\">%s</svg>",
        kind,
        width,
        height,
        width,
        height,
        Html.escape(spoken),
        marks);
  }
}
