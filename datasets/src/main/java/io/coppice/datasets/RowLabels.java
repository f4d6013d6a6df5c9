package io.coppice.datasets;

import io.coppice.framework.data.DataException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import tech.tablesaw.columns.Column;

/**
 * The classes of a table's rows.
 *
 * @param numbers one class per row, from 0
 * @param classes the classes' names, sorted: as numbers if all are numbers, else as text
 */
record RowLabels(int[] numbers, List<String> classes) {
  private static final String NUMBER = "[-+]?\\d{1,15}(\\.\\d+)?";

  /**
   * Reads the label column.
   *
   * @throws DataException when a row has no label, or all have the same
   */
  static RowLabels of(Column<?> column, String table) {
    for (int row = 0; row < column.size(); row++) {
      if (column.isMissing(row)) {
        throw new DataException(
            "row "
                + (row + 1)
                + " of "
                + table
                + " has no label in the column '"
                + column.name()
                + "'");
      }
    }
    String[] names =
        IntStream.range(0, column.size())
            .mapToObj(column::getUnformattedString)
            .toArray(String[]::new);
    boolean numeric = Arrays.stream(names).allMatch(name -> name.matches(NUMBER));
    Comparator<String> order = Comparator.naturalOrder();
    if (numeric) {
      order = Comparator.<String>comparingDouble(Double::parseDouble).thenComparing(order);
    }
    List<String> classes = Arrays.stream(names).distinct().sorted(order).toList();
    if (classes.size() < 2) {
      throw new DataException(
          table
              + " needs at least 2 classes in the column '"
              + column.name()
              + "', has "
              + classes);
    }
    return new RowLabels(Arrays.stream(names).mapToInt(classes::indexOf).toArray(), classes);
  }

  /** The classes of these rows. */
  int[] at(int[] rows) {
    return Arrays.stream(rows).map(row -> numbers[row]).toArray();
  }
}
