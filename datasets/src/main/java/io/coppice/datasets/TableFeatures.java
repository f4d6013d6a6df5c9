package io.coppice.datasets;

import ai.djl.ndarray.types.Shape;
import io.coppice.datasets.Encoder.OneHot;
import io.coppice.datasets.Encoder.Standardised;
import io.coppice.framework.data.Examples;
import java.util.List;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.columns.Column;

/** A table's columns as features, one encoder per column in the table's order. */
record TableFeatures(List<Encoder> encoders) {

  /** Fits every column on these rows. */
  static TableFeatures fit(List<Column<?>> columns, List<String> oneHot, int[] rows) {
    return new TableFeatures(
        columns.stream().map(column -> encoder(column, oneHot, rows)).toList());
  }

  private static Encoder encoder(Column<?> column, List<String> oneHot, int[] rows) {
    return oneHot.contains(column.name())
        ? OneHot.fit(column, rows)
        : Standardised.fit((NumericColumn<?>) column, rows);
  }

  /** The features of a row. */
  int width() {
    return encoders.stream().mapToInt(Encoder::width).sum();
  }

  /** These rows as samples of [features]. */
  Examples examples(RowLabels labels, int[] rows) {
    int width = width();
    float[] features = new float[Math.multiplyExact(rows.length, width)];
    for (int i = 0; i < rows.length; i++) {
      int at = i * width;
      for (Encoder encoder : encoders) {
        encoder.encode(rows[i], features, at);
        at += encoder.width();
      }
    }
    return new Examples(features, labels.at(rows), new Shape(width));
  }
}
