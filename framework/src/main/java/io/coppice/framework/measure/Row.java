package io.coppice.framework.measure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Columns of a run's row, in order.
 *
 * @param numbers by column; NaN where one has no sense
 * @param words text by column
 */
public record Row(Map<String, Double> numbers, Map<String, String> words) {

  /** Columns of numbers alone. */
  public static Row of(Map<String, Double> numbers) {
    return new Row(numbers, Map.of());
  }

  /** All columns of these, one after the other. */
  static Row joined(List<Row> rows) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    Map<String, String> words = new LinkedHashMap<>();
    for (Row row : rows) {
      numbers.putAll(row.numbers);
      words.putAll(row.words);
    }
    return new Row(numbers, words);
  }
}
