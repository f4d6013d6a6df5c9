package io.coppice.framework.network;

import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import io.coppice.framework.display.Figures;
import io.coppice.framework.display.Grid;
import io.coppice.framework.display.Grid.Cell;
import io.coppice.framework.display.Grid.Column;
import io.coppice.framework.display.Html;
import io.coppice.framework.display.Sheet;
import io.coppice.framework.display.Wrapped;
import java.util.Arrays;
import java.util.Locale;

/**
 * A network for people to read.
 *
 * @param mapping what it makes of what, and with how many parameters
 * @param layers a row per prunable layer
 */
record Summary(String model, String mapping, Grid layers) {

  static Summary of(Network network) {
    Grid layers =
        Grid.of(
            Column.name("layer"),
            Column.text("weight"),
            Column.text("output"),
            Column.number("weights"),
            Column.number("nonzero"),
            Column.number("density"));
    long weights = 0;
    long nonzero = 0;
    for (Layer layer : network.layers()) {
      long own = nonzero(layer);
      weights += layer.size();
      nonzero += own;
      Shape output = layer.block().getOutputShapes(layer.block().getInputShapes())[0];
      layers =
          layers.row(
              row(layer.name(), text(layer.shape()), text(output.slice(1)), layer.size(), own));
    }
    long parameters =
        network.parameters().values().stream()
            .map(Parameter::getShape)
            .mapToLong(Shape::size)
            .sum();
    return new Summary(
        network.model().name(),
        "%s to %d classes, %s parameters"
            .formatted(text(network.sample()), network.classes(), Figures.grouped(parameters)),
        layers.total(row("all", "", "", weights, nonzero)));
  }

  String toText(int width) {
    return String.join("\n", Wrapped.lines(model + ": " + mapping, width))
        + "\n"
        + layers.toText(width);
  }

  String toHtml() {
    return Sheet.fragment(
        "<h2>%s</h2>\n<p class=\"lead\">%s</p>\n%s"
            .formatted(Html.escape(model), Html.escape(mapping), layers.toHtml()));
  }

  private static long nonzero(Layer layer) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      return layer.weight().neq(0).sum().getLong();
    }
  }

  private static Cell[] row(String name, String shape, String output, long weights, long nonzero) {
    double share = weights == 0 ? 0 : (double) nonzero / weights;
    return new Cell[] {
      Cell.of(name),
      Cell.of(shape),
      Cell.of(output),
      Cell.of(Figures.grouped(weights)),
      Cell.of(Figures.grouped(nonzero)),
      Cell.bar(String.format(Locale.ROOT, "%.2f %%", 100 * share), share)
    };
  }

  private static String text(Shape shape) {
    return Arrays.toString(shape.getShape());
  }
}
