package io.coppice.cli.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Rows that differ in their sparsity only.
 *
 * @param subject a matrix, a network's widths or a convolution
 * @param bySparsity the rows
 */
record OpsSeries(
    String op,
    String subject,
    String layout,
    int batch,
    int threads,
    SortedMap<Double, OpsRow> bySparsity) {

  /** The series of these rows, in the order of their first ones. */
  static List<OpsSeries> of(List<OpsRow> rows) {
    Map<List<Object>, OpsSeries> series = new LinkedHashMap<>();
    for (OpsRow row : rows) {
      series
          .computeIfAbsent(
              List.of(row.op(), row.subject(), row.layout(), row.batch(), row.threads()),
              key ->
                  new OpsSeries(
                      row.op(),
                      row.subject(),
                      row.layout(),
                      row.batch(),
                      row.threads(),
                      new TreeMap<>()))
          .bySparsity()
          .put(row.sparsity(), row);
    }
    return List.copyOf(series.values());
  }
}
