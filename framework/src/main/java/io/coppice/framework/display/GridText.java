package io.coppice.framework.display;

import io.coppice.framework.display.Grid.Cell;
import io.coppice.framework.display.Grid.Column;
import io.coppice.framework.display.Grid.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table as text: numbers to the right, all else to the left, two spaces between columns. */
final class GridText {
  private static final String GAP = "  ";
  private static final int NARROWEST = 12;

  private final Grid grid;

  GridText(Grid grid) {
    this.grid = grid;
  }

  String fit(int width) {
    if (grid.columns().isEmpty()) {
      return "";
    }
    List<List<String>> cells = cells(true);
    int[] widths = widths(cells);
    if (total(widths) > width) {
      cells = cells(false);
      widths = widths(cells);
    }
    fold(widths, width);
    List<List<String>> shown = cells;
    int[] all = widths;
    return blocks(widths, width).stream()
        .map(block -> block(shown, all, block, width))
        .collect(Collectors.joining("\n\n"));
  }

  /** The header, a row each, and last the total, if there is one. */
  private List<List<String>> cells(boolean bars) {
    List<List<Cell>> rows = new ArrayList<>(grid.rows());
    if (!grid.total().isEmpty()) {
      rows.add(grid.total());
    }
    List<List<String>> cells = new ArrayList<>();
    cells.add(grid.columns().stream().map(GridText::title).toList());
    for (List<Cell> row : rows) {
      cells.add(
          IntStream.range(0, row.size())
              .mapToObj(c -> bars ? barred(row.get(c), c) : row.get(c).text())
              .toList());
    }
    return cells;
  }

  private static String title(Column column) {
    return column.unit().isEmpty() ? column.title() : column.title() + " (" + column.unit() + ")";
  }

  /** A bar stands after a number, and before a text. */
  private String barred(Cell cell, int column) {
    boolean number = grid.columns().get(column).kind() == Kind.NUMBER;
    if (!cell.hasBar()) {
      return cell.text();
    }
    String bar = Bar.text(cell.share(), Bar.LENGTH);
    return number ? cell.text() + " " + bar : (bar + " " + cell.text()).stripTrailing();
  }

  private int[] widths(List<List<String>> cells) {
    int[] widths = new int[grid.columns().size()];
    cells.forEach(row -> Arrays.setAll(widths, c -> Math.max(widths[c], row.get(c).length())));
    return widths;
  }

  private static int total(int[] widths) {
    return Arrays.stream(widths).sum() + GAP.length() * (widths.length - 1);
  }

  /** Narrows the widest texts until all columns fit, or no text is left to narrow. */
  private void fold(int[] widths, int room) {
    while (total(widths) > room) {
      int widest = -1;
      for (int c = 0; c < widths.length; c++) {
        boolean folds = grid.columns().get(c).kind() != Kind.NUMBER && widths[c] > NARROWEST;
        widest = folds && (widest < 0 || widths[c] > widths[widest]) ? c : widest;
      }
      if (widest < 0) {
        return;
      }
      widths[widest]--;
    }
  }

  /** The columns of each block; each begins with the names. */
  private List<List<Integer>> blocks(int[] widths, int room) {
    int names = grid.columns().get(0).kind() == Kind.NAME ? 1 : 0;
    List<List<Integer>> blocks = new ArrayList<>();
    List<Integer> block = new ArrayList<>();
    int used = 0;
    for (int c = 0; c < widths.length; c++) {
      if (block.size() > names && used + GAP.length() + widths[c] > room) {
        blocks.add(block);
        block = new ArrayList<>(names == 1 ? List.of(0) : List.of());
        used = names * widths[0];
      }
      used += (block.isEmpty() ? 0 : GAP.length()) + widths[c];
      block.add(c);
    }
    blocks.add(block);
    return blocks;
  }

  private String block(List<List<String>> cells, int[] widths, List<Integer> columns, int room) {
    List<String> lines = new ArrayList<>(lines(cells.get(0), widths, columns));
    int wide = columns.stream().mapToInt(c -> widths[c]).sum();
    String rule = "─".repeat(Math.min(room, wide + GAP.length() * (columns.size() - 1)));
    lines.add(rule);
    for (int r = 0; r < grid.rows().size(); r++) {
      lines.addAll(r == grid.gap() ? leftOut() : List.of());
      lines.addAll(lines(cells.get(r + 1), widths, columns));
    }
    lines.addAll(grid.gap() == grid.rows().size() ? leftOut() : List.of());
    if (!grid.total().isEmpty()) {
      lines.add(rule);
      lines.addAll(lines(cells.get(cells.size() - 1), widths, columns));
    }
    return String.join("\n", lines);
  }

  private List<String> leftOut() {
    return grid.leftOut() == 0 ? List.of() : List.of(grid.leftOutText());
  }

  /** One row, over as many lines as its most folded cell has. */
  private List<String> lines(List<String> cells, int[] widths, List<Integer> columns) {
    List<List<String>> folded =
        columns.stream().map(c -> Wrapped.fitted(cells.get(c), widths[c])).toList();
    int height = folded.stream().mapToInt(List::size).max().orElse(0);
    return IntStream.range(0, height)
        .mapToObj(
            line -> {
              List<String> parts = new ArrayList<>();
              for (int i = 0; i < columns.size(); i++) {
                int c = columns.get(i);
                String text = line < folded.get(i).size() ? folded.get(i).get(line) : "";
                String pad = " ".repeat(widths[c] - text.length());
                parts.add(grid.columns().get(c).kind() == Kind.NUMBER ? pad + text : text + pad);
              }
              return String.join(GAP, parts).stripTrailing();
            })
        .toList();
  }
}
