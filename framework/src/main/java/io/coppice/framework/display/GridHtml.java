package io.coppice.framework.display;

import io.coppice.framework.display.Grid.Cell;
import io.coppice.framework.display.Grid.Column;
import io.coppice.framework.display.Grid.Kind;
import java.util.List;
import java.util.Locale;

/** A table as part of a page. */
final class GridHtml {
  private final Grid grid;

  GridHtml(Grid grid) {
    this.grid = grid;
  }

  String html() {
    StringBuilder html = new StringBuilder("<div class=\"scroll\"><table>\n<thead><tr>");
    grid.columns().forEach(column -> html.append(head(column)));
    html.append("</tr></thead>\n<tbody>\n");
    for (int i = 0; i < grid.rows().size(); i++) {
      html.append(i == grid.gap() ? leftOut() : "").append(row("", grid.rows().get(i)));
    }
    html.append(grid.gap() == grid.rows().size() ? leftOut() : "");
    html.append(grid.total().isEmpty() ? "" : row(" class=\"total\"", grid.total()));
    return html.append("</tbody></table></div>\n").toString();
  }

  private static String head(Column column) {
    String unit =
        column.unit().isEmpty()
            ? ""
            : "<span class=\"unit\">" + Html.escape(column.unit()) + "</span>";
    return "<th"
        + (column.kind() == Kind.NUMBER ? " class=\"number\">" : ">")
        + Html.escape(column.title())
        + unit
        + "</th>";
  }

  private String leftOut() {
    return grid.leftOut() == 0
        ? ""
        : "<tr class=\"left-out\"><td colspan=\"%d\">%s</td></tr>\n"
            .formatted(grid.columns().size(), grid.leftOutText());
  }

  private String row(String attributes, List<Cell> cells) {
    StringBuilder html = new StringBuilder("<tr" + attributes + ">");
    for (int i = 0; i < cells.size(); i++) {
      html.append(cell(grid.columns().get(i).kind(), cells.get(i)));
    }
    return html.append("</tr>\n").toString();
  }

  private static String cell(Kind kind, Cell cell) {
    String text = Html.escape(cell.text());
    return switch (kind) {
      case NAME -> "<th scope=\"row\">" + key(cell) + text + "</th>";
      case TEXT ->
          "<td class=\"%s\">%s%s</td>"
              .formatted(cell.hasBar() ? "barred" : "text", bar(cell), text);
      case NUMBER -> "<td class=\"number\">" + text + bar(cell) + "</td>";
    };
  }

  private static String key(Cell cell) {
    return cell.colour().isEmpty()
        ? ""
        : "<span class=\"key\" style=\"background:var(" + cell.colour() + ")\"></span>";
  }

  private static String bar(Cell cell) {
    if (!cell.hasBar()) {
      return "";
    }
    String colour = cell.colour().isEmpty() ? "" : ";background:var(" + cell.colour() + ")";
    return String.format(
        Locale.ROOT,
        "<span class=\"bar\"><span style=\"width:%.1f%%%s\"></span></span>",
        100 * cell.share(),
        colour);
  }
}
