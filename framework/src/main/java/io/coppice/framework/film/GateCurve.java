package io.coppice.framework.film;

import io.coppice.framework.display.Displayable;
import io.coppice.framework.display.Figures;
import io.coppice.framework.display.Grid;
import io.coppice.framework.display.Grid.Cell;
import io.coppice.framework.display.Html;
import io.coppice.framework.display.Look;
import io.coppice.framework.display.Plot;
import io.coppice.framework.display.Sheet;
import io.coppice.framework.display.Spark;
import io.coppice.framework.display.Wrapped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The share of each layer's gates that were open, step by step: when they close, and whether they
 * open again.
 *
 * @param method that was trained
 * @param training its seed, and how it ended if early
 * @param gates how many each layer has, by its name
 * @param moments in order, at least one
 */
public record GateCurve(
    String method, String training, Map<String, Integer> gates, List<GateMoment> moments)
    implements Displayable {
  private static final int CURVE = 32;
  private static final String NOTE =
      "A step is one of the task's or one of the method's own, with the gates that it was made with.";

  public GateCurve {
    gates = Collections.unmodifiableMap(new LinkedHashMap<>(gates));
    moments = List.copyOf(moments);
    if (moments.isEmpty()) {
      throw new IllegalArgumentException("a gate curve without a moment");
    }
  }

  /**
   * The curves alone as an SVG element, to stand beside others.
   *
   * @param over its title
   * @param looks of this curve's layers at least
   */
  public String svg(String over, Map<String, Look> looks) {
    double[] steps = moments.stream().mapToDouble(GateMoment::step).toArray();
    List<Plot.Curve> curves = new ArrayList<>();
    for (String layer : gates.keySet()) {
      curves.add(new Plot.Curve(looks.get(layer), steps, shares(layer), true));
    }
    return Plot.ofShares(over, "step", steps[steps.length - 1], curves).svg();
  }

  /** How layers are drawn, each in a colour of its own. */
  public static Map<String, Look> looks(Collection<String> layers) {
    Map<String, Look> looks = new LinkedHashMap<>();
    layers.forEach(layer -> looks.put(layer, new Look(layer, looks.size(), looks.size())));
    return looks;
  }

  private double[] shares(String layer) {
    return moments.stream()
        .mapToDouble(moment -> (double) moment.open().get(layer) / gates.get(layer))
        .toArray();
  }

  /** Each layer's gates at the start, when fewest were open, and at the end. */
  private Grid grid() {
    Map<String, Look> looks = looks(gates.keySet());
    Grid grid =
        Grid.of(
            Grid.Column.name("layer"),
            Grid.Column.number("gates"),
            Grid.Column.text("open from first to last step"),
            Grid.Column.number("first"),
            Grid.Column.number("fewest"),
            Grid.Column.number("at step"),
            Grid.Column.number("last"));
    for (String layer : gates.keySet()) {
      GateMoment fewest =
          Collections.min(moments, Comparator.comparingLong(moment -> moment.open().get(layer)));
      grid =
          grid.row(
              Cell.method(layer, looks.get(layer)),
              Cell.of(Figures.grouped(gates.get(layer))),
              Cell.of(Spark.line(evenly(layer), CURVE)),
              count(moments.get(0), layer),
              count(fewest, layer),
              Cell.of(Figures.grouped(fewest.step())),
              count(moments.get(moments.size() - 1), layer));
    }
    return grid;
  }

  /** The open share at evenly spread steps, between moments that of the one before. */
  private double[] evenly(String layer) {
    double[] shares = shares(layer);
    double[] even = new double[CURVE];
    long end = moments.get(moments.size() - 1).step();
    int at = 0;
    for (int i = 0; i < CURVE; i++) {
      double step = (double) i * end / (CURVE - 1);
      while (at + 1 < shares.length && moments.get(at + 1).step() <= step) {
        at++;
      }
      even[i] = shares[at];
    }
    return even;
  }

  private static Cell count(GateMoment moment, String layer) {
    return Cell.of(Figures.grouped(moment.open().get(layer)));
  }

  private String title() {
    return method + ", " + training;
  }

  @Override
  public String toText(int width) {
    String head = String.join("\n", Wrapped.lines("Open gates, " + title(), width));
    String note = String.join("\n", Wrapped.lines(NOTE, width));
    return head + "\n\n" + grid().toText(width) + "\n" + note;
  }

  @Override
  public String toHtml() {
    String layers = gates.keySet().stream().collect(Collectors.joining(", "));
    return Sheet.fragment(
        "<h2>Open gates</h2>\n<p class=\"lead\">%s</p>\n<figure>%s</figure>\n%s<p>%s</p>\n"
            .formatted(
                Html.escape(title()),
                svg("Open gates of " + layers, looks(gates.keySet())),
                grid().toHtml(),
                Html.escape(NOTE)));
  }

  @Override
  public String toString() {
    return toText(Wrapped.USUAL_WIDTH);
  }
}
