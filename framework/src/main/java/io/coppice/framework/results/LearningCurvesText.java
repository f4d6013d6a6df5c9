package io.coppice.framework.results;

import io.coppice.framework.display.Grid;
import io.coppice.framework.display.Grid.Cell;
import io.coppice.framework.display.Spark;
import io.coppice.framework.display.Wrapped;
import io.coppice.framework.statistics.Estimate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What {@link LearningCurves} draw, as words and as a table with a small curve per method. */
final class LearningCurvesText {
  private static final int CURVE = 24;

  private final List<MethodRow> rows;

  LearningCurvesText(List<MethodRow> rows) {
    this.rows = rows;
  }

  String words() {
    return rows.stream()
        .filter(row -> !row.allCollapsed())
        .map(row -> row.method() + last(LearningCurves.curve(row)))
        .collect(Collectors.joining(", ", "validation accuracy by epoch of ", ""));
  }

  private static String last(Map<Integer, Estimate> curve) {
    return curve.values().stream()
        .reduce((earlier, later) -> later)
        .map(end -> " up to " + Unit.FRACTION.show(end.mean()) + " %")
        .orElse("");
  }

  String fit(int width) {
    String head =
        String.join(
            "\n", Wrapped.lines("validation accuracy (%) by epoch, mean over seeds", width));
    Grid grid =
        Grid.of(
            Grid.Column.name("method"),
            Grid.Column.text("from first to last epoch"),
            Grid.Column.number("first"),
            Grid.Column.number("last"),
            Grid.Column.number("highest"),
            Grid.Column.number("at epoch"));
    for (MethodRow row : rows) {
      grid = grid.row(cells(row.label(), LearningCurves.curve(row)));
    }
    return head + "\n\n" + grid.toText(width);
  }

  private static Cell[] cells(String label, Map<Integer, Estimate> curve) {
    if (curve.isEmpty()) {
      return cells(label, "", "", "", "", "");
    }
    double[] means = curve.values().stream().mapToDouble(Estimate::mean).toArray();
    Map.Entry<Integer, Estimate> best =
        curve.entrySet().stream()
            .max(Comparator.comparingDouble(entry -> entry.getValue().mean()))
            .orElseThrow();
    return cells(
        label,
        Spark.line(means, CURVE),
        Unit.FRACTION.show(means[0]),
        Unit.FRACTION.show(means[means.length - 1]),
        Unit.FRACTION.show(best.getValue().mean()),
        Integer.toString(best.getKey()));
  }

  private static Cell[] cells(String... texts) {
    return List.of(texts).stream().map(Cell::of).toArray(Cell[]::new);
  }
}
