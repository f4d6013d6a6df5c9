package io.coppice.framework.display;

import java.awt.Color;
import java.util.List;

/**
 * Colours for light and dark pages. The series are the Okabe-Ito palette, told apart by readers
 * with any colour vision, without its yellow; on dark ground they are lifted. The baseline is grey.
 */
public enum Theme {
  LIGHT(
      "#ffffff",
      "#1c1f24",
      "#626a75",
      "#e6e8ec",
      "#5b626c",
      "#00734f",
      "#a83f00",
      List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")),
  DARK(
      "#16191e",
      "#e4e7eb",
      "#98a1ad",
      "#2c3138",
      "#d5dae1",
      "#3fc79b",
      "#f0925a",
      List.of("#2f86cc", "#ea7a2c", "#1fb98c", "#e07bb5", "#f2c75e", "#9ad4f5"));

  /** How many series have a colour of their own; after them the colours begin again. */
  static final int COLOURS = 6;

  private final String ground;
  private final String ink;
  private final String faint;
  private final String rule;
  private final String baseline;
  private final String better;
  private final String worse;
  private final List<String> series;

  Theme(
      String ground,
      String ink,
      String faint,
      String rule,
      String baseline,
      String better,
      String worse,
      List<String> series) {
    this.ground = ground;
    this.ink = ink;
    this.faint = faint;
    this.rule = rule;
    this.baseline = baseline;
    this.better = better;
    this.worse = worse;
    this.series = series;
  }

  public Color ground() {
    return Color.decode(ground);
  }

  public Color ink() {
    return Color.decode(ink);
  }

  public Color faint() {
    return Color.decode(faint);
  }

  public Color rule() {
    return Color.decode(rule);
  }

  public Color colour(Look look) {
    return look.isBaseline() ? Color.decode(baseline) : series(look.colour());
  }

  /** The colour of a series, counted from 0. */
  public Color series(int index) {
    return Color.decode(series.get(index % COLOURS));
  }

  /** All colours as CSS custom properties, and which of two pictures is shown. */
  String css() {
    StringBuilder css =
        new StringBuilder(
            "--ground:%s;--ink:%s;--faint:%s;--rule:%s;--better:%s;--worse:%s;--series-base:%s;"
                .formatted(ground, ink, faint, rule, better, worse, baseline));
    for (int i = 0; i < COLOURS; i++) {
      css.append("--series-").append(i).append(':').append(series.get(i)).append(';');
    }
    return css.append(this == LIGHT ? "--on-light:block;--on-dark:none" : "--on-light:none;")
        .append(this == LIGHT ? "" : "--on-dark:block")
        .toString();
  }
}
