package io.coppice.framework.network;

import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A network as a table for people to read. */
final class Summary {
  private static final List<String> HEADER =
      List.of("layer", "weight", "output", "weights", "nonzero", "density");

  private Summary() {}

  static String of(Network network) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEADER);
    long weights = 0;
    long nonzero = 0;
    for (Layer layer : network.layers()) {
      long own = nonzero(layer);
      weights += layer.size();
      nonzero += own;
      Shape output = layer.block().getOutputShapes(layer.block().getInputShapes())[0];
      rows.add(row(layer.name(), text(layer.shape()), text(output.slice(1)), layer.size(), own));
    }
    rows.add(row("all", "", "", weights, nonzero));
    long parameters =
        network.parameters().values().stream()
            .map(Parameter::getShape)
            .mapToLong(Shape::size)
            .sum();
    String title =
        network.model().name()
            + ": "
            + text(network.sample())
            + " to "
            + network.classes()
            + " classes, "
            + count(parameters)
            + " parameters";
    return title + "\n" + table(rows);
  }

  private static long nonzero(Layer layer) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      return layer.weight().neq(0).sum().getLong();
    }
  }

  private static List<String> row(
      String name, String shape, String output, long weights, long nonzero) {
    double percent = weights == 0 ? 0 : 100.0 * nonzero / weights;
    return List.of(
        name,
        shape,
        output,
        count(weights),
        count(nonzero),
        String.format(Locale.ROOT, "%.2f %%", percent));
  }

  private static String text(Shape shape) {
    return Arrays.toString(shape.getShape());
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** Names and shapes to the left, numbers to the right, two spaces between columns. */
  private static String table(List<List<String>> rows) {
    int[] widths = new int[HEADER.size()];
    rows.forEach(row -> Arrays.setAll(widths, c -> Math.max(widths[c], row.get(c).length())));
    return rows.stream()
        .map(
            row -> {
              StringBuilder line = new StringBuilder();
              for (int c = 0; c < widths.length; c++) {
                String pad = " ".repeat(widths[c] - row.get(c).length());
                line.append(c < 3 ? row.get(c) + pad : pad + row.get(c)).append("  ");
              }
              return line.toString().stripTrailing();
            })
        .collect(Collectors.joining("\n"));
  }
}
