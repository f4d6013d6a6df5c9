package io.coppice.framework.display;

import io.coppice.framework.display.Grid.Cell;
import io.coppice.framework.display.Grid.Column;
import io.coppice.framework.display.Grid.Kind;
import java.util.List;
import java.util.Locale;

/** A table as part of a page. */
final class GridHtml {
  private static final int SHORT = 28;

  private final Grid grid;

  GridHtml(Grid grid) {
    this.grid = grid;
  }

  String html() {
    StringBuilder html = new StringBuilder("<div class=\"scroll\"><table>\n<thead><tr>");
    for (int i = 0; i < grid.columns().size(); i++) {
      html.append(head(i));
    }
    html.append("</tr></thead>\n<tbody>\n");
    for (int i = 0; i < grid.rows().size(); i++) {
      html.append(i == grid.gap() ? leftOut() : "").append(row("", grid.rows().get(i)));
    }
    html.append(grid.gap() == grid.rows().size() ? leftOut() : "");
    html.append(grid.total().isEmpty() ? "" : row(" class=\"total\"", grid.total()));
    return html.append("</tbody></table></div>\n").toString();
  }

  /** Of a column of numbers with bars, the title stands over the numbers. */
  private String head(int index) {
    Column column = grid.columns().get(index);
    boolean bars = grid.rows().stream().anyMatch(row -> row.get(index).hasBar());
    String unit =
        column.unit().isEmpty()
            ? ""
            : "<span class=\"unit\">" + Html.escape(column.unit()) + "</span>";
    String number = bars ? " class=\"number over-bars\">" : " class=\"number\">";
    return "<th"
        + (column.kind() == Kind.NUMBER ? number : ">")
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
      case NAME -> "<th scope=\"row\"%s>%s%s</th>".formatted(fold(cell), key(cell), text);
      case TEXT ->
          cell.hasBar()
              ? "<td class=\"barred\">" + bar(cell) + text + "</td>"
              : "<td%s>%s</td>".formatted(fold(cell), text);
      case NUMBER -> "<td class=\"number\">" + text + bar(cell) + "</td>";
    };
  }

  /** Short texts stay in one line; long ones have room for as much. */
  private static String fold(Cell cell) {
    return cell.text().length() <= SHORT ? " class=\"short\"" : " class=\"long\"";
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
