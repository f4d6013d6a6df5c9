package io.coppice.framework.results;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * A table as RFC 4180 text: a header, one line per row, every digit of a number in every locale,
 * nothing in a missing cell.
 */
public final class Csv {
  /** Integers above this are not exact as doubles. */
  private static final double EXACT = 1L << 53;

  private Csv() {}

  /** The text of a table, its header first. */
  public static String of(Table table) {
    StringBuilder text = new StringBuilder();
    text.append(line(table.columnNames()));
    for (Row row : table) {
      List<String> cells = new ArrayList<>();
      for (Column<?> column : table.columns()) {
        boolean missing = column.isMissing(row.getRowNumber());
        cells.add(missing ? "" : text(column.get(row.getRowNumber())));
      }
      text.append(line(cells));
    }
    return text.toString();
  }

  private static String text(Object value) {
    if (value instanceof Double number && number == Math.rint(number) && Math.abs(number) < EXACT) {
      return Long.toString(number.longValue());
    }
    return value.toString();
  }

  private static String line(List<String> cells) {
    return cells.stream().map(Csv::quoted).collect(Collectors.joining(",", "", "\n"));
  }

  private static String quoted(String cell) {
    boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }
}
