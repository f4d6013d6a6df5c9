package io.coppice.datasets;

import io.coppice.framework.data.DataException;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.columns.Column;

/** Turns one column's values into features; fitted on the training rows alone. */
sealed interface Encoder {

  /** The features per value. */
  int width();

  /** Writes the row's features from {@code features[at]} on. */
  void encode(int row, float[] features, int at);

  private static void refuseEmpty(int values, Column<?> column) {
    if (values == 0) {
      throw new DataException(
          "the column '" + column.name() + "' has no value in the training part: drop it");
    }
  }

  /** A number, standardised: a missing value takes the training mean, thus 0. */
  record Standardised(NumericColumn<?> column, double mean, double deviation) implements Encoder {

    static Standardised fit(NumericColumn<?> column, int[] rows) {
      double[] present =
          Arrays.stream(rows)
              .filter(row -> !column.isMissing(row))
              .mapToDouble(row -> finite(column, row))
              .toArray();
      refuseEmpty(present.length, column);
      double mean = Arrays.stream(present).average().orElseThrow();
      double squares = Arrays.stream(present).map(v -> (v - mean) * (v - mean)).sum();
      double deviation = Math.sqrt(squares / rows.length);
      return new Standardised(column, mean, deviation > 0 ? deviation : 1);
    }

    private static double finite(NumericColumn<?> column, int row) {
      double value = column.getDouble(row);
      if (!Double.isFinite(value)) {
        throw new DataException(
            "row "
                + (row + 1)
                + " has the value "
                + value
                + " in the column '"
                + column.name()
                + "'");
      }
      return value;
    }

    @Override
    public int width() {
      return 1;
    }

    @Override
    public void encode(int row, float[] features, int at) {
      features[at] = column.isMissing(row) ? 0 : (float) ((finite(column, row) - mean) / deviation);
    }
  }

  /** A 1 for the value's category; none for a missing value or one unseen in training. */
  record OneHot(Column<?> column, List<String> categories) implements Encoder {

    static OneHot fit(Column<?> column, int[] rows) {
      TreeSet<String> categories = new TreeSet<>();
      for (int row : rows) {
        if (!column.isMissing(row)) {
          categories.add(column.getUnformattedString(row));
        }
      }
      refuseEmpty(categories.size(), column);
      return new OneHot(column, List.copyOf(categories));
    }

    @Override
    public int width() {
      return categories.size();
    }

    @Override
    public void encode(int row, float[] features, int at) {
      int category = categories.indexOf(column.getUnformattedString(row));
      if (category >= 0 && !column.isMissing(row)) {
        features[at + category] = 1;
      }
    }
  }
}
