package io.coppice.framework.results;

import io.coppice.framework.display.Grid;
import io.coppice.framework.display.Grid.Cell;
import io.coppice.framework.display.Wrapped;
import io.coppice.framework.statistics.Estimate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a {@link TradeOffChart} draws, as words and as a table whose last column is drawn. */
final class TradeOffText {
  private static final int DRAWN_AT_LEAST = 14;
  private static final int DRAWN_AT_MOST = 40;

  private final List<MethodRow> rows;
  private final String baseline;
  private final Column x;
  private final Column y;

  TradeOffText(List<MethodRow> rows, String baseline, Column x, Column y) {
    this.rows = rows;
    this.baseline = baseline;
    this.x = x;
    this.y = y;
  }

  /** Such as "test accuracy against compression ratio: dense 97.91 % at 1.0×." */
  String words() {
    return drawn().stream()
        .map(row -> row.method() + " " + spoken(y, row.mean(y)) + " at " + spoken(x, row.mean(x)))
        .collect(Collectors.joining("; ", y.title() + " against " + x.title() + ": ", "."));
  }

  private static String spoken(Column column, double value) {
    String text = column.unit().show(value);
    return text.isEmpty() ? "unknown" : column.unit() == Unit.FRACTION ? text + " %" : text;
  }

  private List<MethodRow> drawn() {
    return rows.stream().filter(row -> !row.allCollapsed()).toList();
  }

  String fit(int width) {
    String title = y.heading() + " over " + x.heading() + ", with 95 % intervals";
    String head = String.join("\n", Wrapped.lines(title, width));
    int taken = grid(0).toText(Integer.MAX_VALUE).lines().mapToInt(String::length).max().orElse(0);
    int room = Math.min(DRAWN_AT_MOST, width - taken - 2);
    return head + "\n\n" + grid(room < DRAWN_AT_LEAST ? 0 : room).toText(width);
  }

  /**
   * @param length of the drawn intervals, in characters; 0 for none
   */
  private Grid grid(int length) {
    Span span = Span.of(rows, y);
    boolean drawn = length > 0 && !span.isEmpty();
    List<Grid.Column> columns =
        new ArrayList<>(
            List.of(
                Grid.Column.name("method"),
                Grid.Column.number(x.heading()),
                Grid.Column.number(y.heading()),
                Grid.Column.number("±")));
    IntervalText bars = new IntervalText(span, MethodRow.mean(rows, baseline, y), length);
    if (drawn) {
      columns.add(Grid.Column.text(bars.ends(y.unit())));
    }
    Grid grid = Grid.of(columns.toArray(Grid.Column[]::new));
    for (MethodRow row : rows) {
      Estimate estimate = row.estimate(y);
      List<Cell> cells = new ArrayList<>();
      cells.add(Cell.of(row.label()));
      cells.add(Cell.of(x.unit().show(row.mean(x))));
      cells.add(Cell.of(y.unit().show(estimate.mean())));
      cells.add(Cell.of(estimate.hasInterval() ? y.unit().show(estimate.halfWidth95()) : ""));
      if (drawn) {
        cells.add(Cell.of(bars.of(estimate)));
      }
      grid = grid.row(cells.toArray(Cell[]::new));
    }
    return grid;
  }
}
