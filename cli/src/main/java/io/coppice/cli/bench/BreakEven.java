package io.coppice.cli.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Locale;

/**
 * The sparsity from which on a layout is faster than dense.
 *
 * @param bound whether it is {@code AT} the sparsity, interpolated, or outside of what was
 *     measured: {@code BELOW} the least or {@code ABOVE} the greatest
 */
record BreakEven(
    String op,
    String subject,
    String layout,
    int batch,
    int threads,
    Bound bound,
    double sparsity) {

  enum Bound {
    @JsonProperty("below")
    BELOW,
    @JsonProperty("at")
    AT,
    @JsonProperty("above")
    ABOVE
  }

  /** Of every series that was measured at two sparsities or more. */
  static List<BreakEven> of(List<OpsRow> rows) {
    return OpsSeries.of(rows).stream()
        .filter(series -> series.bySparsity().size() > 1)
        .map(BreakEven::of)
        .toList();
  }

  /** Between the last row that loses and the next, along a line through the ratios' logarithms. */
  static BreakEven of(OpsSeries series) {
    List<OpsRow> rows = List.copyOf(series.bySparsity().values());
    int first = rows.size();
    while (first > 0 && rows.get(first - 1).ratio() >= 1) {
      first--;
    }
    if (first == 0) {
      return at(series, Bound.BELOW, rows.get(0).sparsity());
    }
    if (first == rows.size()) {
      return at(series, Bound.ABOVE, rows.get(first - 1).sparsity());
    }
    OpsRow loses = rows.get(first - 1);
    OpsRow wins = rows.get(first);
    double share = Math.log(loses.ratio()) / Math.log(loses.ratio() / wins.ratio());
    return at(series, Bound.AT, loses.sparsity() + share * (wins.sparsity() - loses.sparsity()));
  }

  private static BreakEven at(OpsSeries series, Bound bound, double sparsity) {
    return new BreakEven(
        series.op(),
        series.subject(),
        series.layout(),
        series.batch(),
        series.threads(),
        bound,
        sparsity);
  }

  /** Such as {@code below 30 %} or {@code 46 %}. */
  String worded() {
    String percent = Wording.percent(Math.round(1000 * sparsity) / 1000.0);
    return bound == Bound.AT ? percent : bound.name().toLowerCase(Locale.ROOT) + " " + percent;
  }
}
