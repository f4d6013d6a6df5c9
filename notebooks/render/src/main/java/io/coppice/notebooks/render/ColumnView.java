package io.coppice.notebooks.render;

import io.coppice.framework.display.Figures;
import io.coppice.framework.display.Grid;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.FloatColumn;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.columns.Column;

/** A column of a Tablesaw table: its heading with the unit, and its cells. */
record ColumnView(Column<?> column) {
  private static final String MISSING = "–";

  /** "time (ms)" and "time [ms]". */
  private static final Pattern BRACKETED =
      Pattern.compile("(?s)(.*\\S)\\s*(?:\\(([^()]{1,12})\\)|\\[([^\\[\\]]{1,12})])");

  /** "time_ms". */
  private static final Pattern SUFFIXED = Pattern.compile("(?s).*_([a-z]+)");

  private static final Map<String, String> SUFFIXES =
      Map.of(
          "pct", "%", "s", "s", "ms", "ms", "us", "µs", "ns", "ns", "mib", "MiB", "kib", "KiB",
          "gib", "GiB", "hz", "Hz");

  /** Shares of 1, in Coppice's own tables; only where all numbers are such. */
  private static final Pattern FRACTION =
      Pattern.compile("(?:.*_)?(?:accuracy|difference)(?:_mean|_sd|_ci95)?");

  static ColumnView of(Column<?> column) {
    return new ColumnView(column);
  }

  /** A name with a unit in brackets is split; one that ends in a unit stays as code writes it. */
  Grid.Column heading() {
    String name = column.name();
    Grid.Kind kind = column instanceof NumericColumn<?> ? Grid.Kind.NUMBER : Grid.Kind.TEXT;
    Matcher bracketed = BRACKETED.matcher(name);
    if (bracketed.matches()) {
      String unit = bracketed.group(2) == null ? bracketed.group(3) : bracketed.group(2);
      return new Grid.Column(bracketed.group(1), unit, kind);
    }
    return new Grid.Column(name, column instanceof NumericColumn<?> n ? unit(n) : "", kind);
  }

  private static String unit(NumericColumn<?> numbers) {
    String name = numbers.name();
    if (FRACTION.matcher(name).matches()) {
      return numbers.size() > 0 && numbers.max() <= 1 && numbers.min() >= -1 ? "fraction" : "";
    } else if (name.startsWith("bytes_")) {
      return "bytes";
    } else if (name.equals("seconds") || name.equals("seconds_mean")) {
      return "s";
    }
    Matcher suffixed = SUFFIXED.matcher(name);
    return suffixed.matches() ? SUFFIXES.getOrDefault(suffixed.group(1), "") : "";
  }

  /** The cells of these rows; fractions share their decimals unless the column has a format. */
  List<String> texts(int[] rows) {
    if (arePlainFractions(rows)) {
      NumericColumn<?> numbers = (NumericColumn<?>) column;
      List<String> aligned =
          Figures.aligned(Arrays.stream(rows).mapToDouble(numbers::getDouble).toArray());
      return aligned.stream().map(text -> text.isEmpty() ? MISSING : text).toList();
    }
    return Arrays.stream(rows)
        .mapToObj(row -> column.isMissing(row) ? MISSING : column.getString(row))
        .toList();
  }

  /** Whether these are fractions that Tablesaw would print as any others, for want of a format. */
  private boolean arePlainFractions(int[] rows) {
    Column<?> usual;
    if (column instanceof DoubleColumn doubles) {
      usual = DoubleColumn.create("", Arrays.stream(rows).mapToDouble(doubles::getDouble));
    } else if (column instanceof FloatColumn floats) {
      FloatColumn same = FloatColumn.create("");
      Arrays.stream(rows).forEach(row -> same.append(floats.getFloat(row)));
      usual = same;
    } else {
      return false;
    }
    return IntStream.range(0, rows.length)
        .allMatch(i -> usual.getString(i).equals(column.getString(rows[i])));
  }
}
