package io.coppice.framework.display;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A table for people to read, as part of a page or as text for a terminal.
 *
 * @param rows a cell for each column
 * @param gap how many of the rows stand before those that are left out
 * @param leftOut how many are left out
 * @param total the last row, or empty
 */
public record Grid(
    List<Column> columns, List<List<Cell>> rows, int gap, long leftOut, List<Cell> total) {

  public Grid {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    total = List.copyOf(total);
  }

  /** How a column's cells stand. */
  public enum Kind {
    /** What a row is about. */
    NAME,
    TEXT,
    NUMBER
  }

  /**
   * @param unit of the column's numbers, or empty
   */
  public record Column(String title, String unit, Kind kind) {
    public static Column name(String title) {
      return new Column(title, "", Kind.NAME);
    }

    public static Column text(String title) {
      return new Column(title, "", Kind.TEXT);
    }

    public static Column number(String title) {
      return number(title, "");
    }

    public static Column number(String title, String unit) {
      return new Column(title, unit, Kind.NUMBER);
    }
  }

  /**
   * @param share how much of a bar beside the text is filled, from 0 to 1; NaN for no bar
   * @param colour the CSS custom property of the bar's, or of the name's, colour; empty for none
   */
  public record Cell(String text, double share, String colour) {
    public Cell {
      text = text.replaceAll("\\p{Cntrl}+", " ");
      share = Math.max(0, Math.min(1, share));
    }

    public static Cell of(String text) {
      return new Cell(text, Double.NaN, "");
    }

    /** A bar with a text after it. */
    public static Cell bar(String text, double share) {
      return new Cell(text, share, "");
    }

    /** A bar in a method's colour. */
    public static Cell bar(String text, double share, Look look) {
      return new Cell(text, share, look.property());
    }

    /** A method's name beside its colour. */
    public static Cell method(String name, Look look) {
      return new Cell(name, Double.NaN, look.property());
    }

    boolean hasBar() {
      return !Double.isNaN(share);
    }
  }

  public static Grid of(Column... columns) {
    return new Grid(List.of(columns), List.of(), 0, 0, List.of());
  }

  /** This table with a row more. */
  public Grid row(Cell... cells) {
    List<List<Cell>> more = new ArrayList<>(rows);
    more.add(List.of(cells));
    return new Grid(columns, more, gap, leftOut, total);
  }

  /** This table with a last row that sums up the others. */
  public Grid total(Cell... cells) {
    return new Grid(columns, rows, gap, leftOut, List.of(cells));
  }

  /** This table, some of whose rows are missing after the first {@code gap}. */
  public Grid without(int gap, long leftOut) {
    return new Grid(columns, rows, gap, leftOut, total);
  }

  /** Lines of at most {@code width} characters; columns without room stand below the others. */
  public String toText(int width) {
    return new GridText(this).fit(width);
  }

  /** A table in a box that scrolls where it is too wide. */
  public String toHtml() {
    return new GridHtml(this).html();
  }

  /** What stands in place of the rows that are left out. */
  String leftOutText() {
    return String.format(Locale.ROOT, "… %,d more rows …", leftOut);
  }
}
