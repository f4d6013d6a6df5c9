package io.coppice.cli.bench;

import java.util.List;

/** Lines of cells as text. */
final class Columns {
  private static final String GAP = "  ";

  private Columns() {}

  /** Every column as wide as its widest cell; numbers, and what stands over them, to the right. */
  static String aligned(List<List<String>> lines) {
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      StringBuilder cells = new StringBuilder();
      for (int column = 0; column < line.size(); column++) {
        String padding = " ".repeat(width(lines, column) - line.get(column).length());
        boolean right = isOfNumbers(lines, column);
        cells.append(GAP).append(right ? padding : "").append(line.get(column));
        cells.append(right ? "" : padding);
      }
      text.append(cells.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private static int width(List<List<String>> lines, int column) {
    return lines.stream()
        .filter(line -> line.size() > column)
        .mapToInt(line -> line.get(column).length())
        .max()
        .orElse(0);
  }

  private static boolean isOfNumbers(List<List<String>> lines, int column) {
    return lines.stream()
        .skip(1)
        .filter(line -> line.size() > column)
        .allMatch(line -> line.get(column).matches("[0-9.]*"));
  }
}
