package io.coppice.notebooks.render;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import io.coppice.framework.display.Displayable;
import io.coppice.framework.display.Figures;
import io.coppice.framework.display.Grid;
import io.coppice.framework.display.Html;
import io.coppice.framework.display.Sheet;
import io.coppice.framework.display.Wrapped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** A DJL array: its shape, type and device, its values or a corner of them, and their range. */
final class ArrayView implements Displayable {
  private static final int MOST_ROWS = 10;
  private static final int MOST_COLUMNS = 10;

  private final String kind;
  private final long[] shape;
  private final double[] values;

  private ArrayView(String kind, long[] shape, double[] values) {
    this.kind = kind;
    this.shape = shape;
    this.values = values;
  }

  static Displayable of(Object array) {
    NDArray values = (NDArray) array;
    String kind =
        "%s, %s on %s"
            .formatted(
                Arrays.toString(values.getShape().getShape()),
                values.getDataType().toString().toLowerCase(Locale.ROOT),
                device(values.getDevice()));
    return new ArrayView(kind, values.getShape().getShape(), doubles(values));
  }

  private static String device(Device device) {
    return device.isGpu() ? "gpu " + device.getDeviceId() : device.getDeviceType();
  }

  private static double[] doubles(NDArray array) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      return array.toType(DataType.FLOAT64, true).toDoubleArray();
    }
  }

  @Override
  public String toText(int width) {
    String head = String.join("\n", Wrapped.lines("NDArray " + kind + describedRange(), width));
    return values.length == 0 ? head : head + "\n" + corner().toText(width);
  }

  @Override
  public String toHtml() {
    return Sheet.fragment(
        "<h2>NDArray %s</h2>\n%s%s%s"
            .formatted(
                Html.escape(kind),
                range().isEmpty() ? "" : "<p class=\"lead\">" + Html.escape(range()) + "</p>\n",
                values.length == 0 ? "" : corner().toHtml(),
                shape.length > 2 ? "<p>" + Html.escape(which()) + "</p>\n" : ""));
  }

  private String describedRange() {
    return (range().isEmpty() ? "" : ": " + range()) + (shape.length > 2 ? "; " + which() : "");
  }

  /** Least, mean and greatest, the share of zeros, and what is no number. */
  private String range() {
    if (values.length < 2) {
      return "";
    }
    double[] finite = Arrays.stream(values).filter(Double::isFinite).toArray();
    long zeros = Arrays.stream(values).filter(value -> value == 0).count();
    List<String> parts = new ArrayList<>();
    if (finite.length > 0) {
      double low = Arrays.stream(finite).min().orElseThrow();
      double high = Arrays.stream(finite).max().orElseThrow();
      double mean = Arrays.stream(finite).average().orElseThrow();
      parts.add(Figures.shortest(low) + " to " + Figures.shortest(high));
      parts.add("mean " + Figures.shortest(mean));
    }
    if (zeros > 0) {
      parts.add(Figures.fixed(100.0 * zeros / values.length, 1) + " % zero");
    }
    if (finite.length < values.length) {
      parts.add(values.length - finite.length + " not finite");
    }
    return String.join(", ", parts);
  }

  private String which() {
    return "shown: the first matrix, at " + "0, ".repeat(shape.length - 2) + "all, all";
  }

  /** The first rows and columns of the last two axes. */
  private Grid corner() {
    int columns = shape.length == 0 ? 1 : Math.toIntExact(shape[shape.length - 1]);
    int rows = shape.length < 2 ? 1 : Math.toIntExact(shape[shape.length - 2]);
    int shownRows = Math.min(rows, MOST_ROWS);
    int shownColumns = Math.min(columns, MOST_COLUMNS);
    boolean wider = columns > shownColumns;
    List<Grid.Column> heads = new ArrayList<>();
    heads.add(Grid.Column.name(""));
    double[] shown =
        IntStream.range(0, shownRows * shownColumns)
            .mapToDouble(i -> values[i / shownColumns * columns + i % shownColumns])
            .toArray();
    List<String> aligned = Figures.aligned(shown);
    for (int c = 0; c < shownColumns; c++) {
      heads.add(Grid.Column.number(Integer.toString(c)));
    }
    if (wider) {
      heads.add(Grid.Column.number("… " + (columns - 1)));
    }
    Grid grid = Grid.of(heads.toArray(Grid.Column[]::new));
    for (int r = 0; r < shownRows; r++) {
      List<Grid.Cell> cells = new ArrayList<>();
      cells.add(Grid.Cell.of(shape.length < 2 ? "" : Integer.toString(r)));
      for (int c = 0; c < shownColumns; c++) {
        int place = r * shownColumns + c;
        cells.add(Grid.Cell.of(text(shown[place], aligned.get(place))));
      }
      if (wider) {
        cells.add(Grid.Cell.of("…"));
      }
      grid = grid.row(cells.toArray(Grid.Cell[]::new));
    }
    return rows > shownRows ? grid.without(shownRows, rows - shownRows) : grid;
  }

  /** What is exactly 0, such as a pruned weight, stands out from what is close to it. */
  private static String text(double value, String aligned) {
    if (value == 0) {
      return "0";
    }
    return Double.isNaN(value) ? "NaN" : aligned;
  }

  @Override
  public String toString() {
    return toText(Wrapped.USUAL_WIDTH);
  }
}
