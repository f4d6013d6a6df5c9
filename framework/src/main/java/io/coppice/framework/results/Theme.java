package io.coppice.framework.results;

import java.awt.Color;
import java.util.List;

/**
 * Colours for light and dark pages. The series are the Okabe-Ito palette, told apart by readers
 * with any colour vision, without its yellow and with its blue lifted on dark ground; the baseline
 * is grey.
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
      "#a9b1bc",
      "#3fc79b",
      "#f0925a",
      List.of("#4a9fdc", "#ea7a2c", "#1fb98c", "#d994b8", "#e9ad27", "#86c9f1"));

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

  Color ground() {
    return Color.decode(ground);
  }

  Color ink() {
    return Color.decode(ink);
  }

  Color faint() {
    return Color.decode(faint);
  }

  Color rule() {
    return Color.decode(rule);
  }

  Color colour(Look look) {
    return Color.decode(hex(look));
  }

  String hex(Look look) {
    return look.isBaseline() ? baseline : series(look.colour());
  }

  /** The colour of this place among the series as CSS writes it. */
  public String series(int place) {
    return series.get(place % series.size());
  }

  String groundCss() {
    return ground;
  }

  /** The colours of everything but the series as CSS custom properties. */
  public String css() {
    return "--ground:%s;--ink:%s;--faint:%s;--rule:%s;--better:%s;--worse:%s;"
        .formatted(ground, ink, faint, rule, better, worse);
  }
}
