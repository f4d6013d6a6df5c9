package io.coppice.notebooks.render;

import io.coppice.framework.display.Displayable;
import io.coppice.framework.display.Figures;
import io.coppice.framework.display.Grid;
import io.coppice.framework.display.Html;
import io.coppice.framework.display.Sheet;
import io.coppice.framework.display.Wrapped;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tech.tablesaw.api.Table;

/** A Tablesaw table: its first and last rows, and all of a reasonable number when asked. */
final class TableView implements Displayable {
  /** A table of so many rows is shown whole. */
  private static final int WHOLE = 20;

  private static final int HEAD = 8;
  private static final int TAIL = 4;
  private static final int UNFOLDED = 500;

  private final Table table;

  private TableView(Table table) {
    this.table = table;
  }

  static Displayable of(Object table) {
    return new TableView((Table) table);
  }

  @Override
  public String toText(int width) {
    return String.join("\n", Wrapped.lines(title(), width)) + "\n" + outline().toText(width);
  }

  @Override
  public String toHtml() {
    StringBuilder html = new StringBuilder("<h2>" + Html.escape(name()) + "</h2>\n");
    html.append("<p class=\"lead\">").append(size()).append("</p>\n");
    html.append(outline().toHtml());
    if (table.rowCount() > WHOLE) {
      int shown = Math.min(UNFOLDED, table.rowCount());
      html.append("<details><summary>")
          .append(shown < table.rowCount() ? "The first " : "All ")
          .append(Figures.grouped(shown))
          .append(" rows</summary>\n")
          .append(grid(IntStream.range(0, shown)).toHtml().replace("\"scroll\"", "\"scroll tall\""))
          .append("</details>\n");
    }
    return Sheet.fragment(html.toString());
  }

  private String name() {
    return table.name() == null || table.name().isBlank() ? "Table" : table.name().strip();
  }

  private String title() {
    return name() + ": " + size();
  }

  private String size() {
    return "%s %s, %s %s"
        .formatted(
            Figures.grouped(table.rowCount()),
            table.rowCount() == 1 ? "row" : "rows",
            Figures.grouped(table.columnCount()),
            table.columnCount() == 1 ? "column" : "columns");
  }

  private Grid outline() {
    int rows = table.rowCount();
    return rows <= WHOLE
        ? grid(IntStream.range(0, rows))
        : grid(IntStream.concat(IntStream.range(0, HEAD), IntStream.range(rows - TAIL, rows)))
            .without(HEAD, rows - HEAD - TAIL);
  }

  private Grid grid(IntStream rows) {
    int[] shown = rows.toArray();
    List<ColumnView> columns = table.columns().stream().map(ColumnView::of).toList();
    List<List<String>> texts = columns.stream().map(column -> column.texts(shown)).toList();
    return new Grid(
        columns.stream().map(ColumnView::heading).toList(),
        IntStream.range(0, shown.length)
            .mapToObj(
                row ->
                    texts.stream()
                        .map(column -> Grid.Cell.of(column.get(row)))
                        .collect(Collectors.toList()))
            .toList(),
        0,
        0,
        List.of());
  }

  @Override
  public String toString() {
    return toText(Wrapped.USUAL_WIDTH);
  }
}
