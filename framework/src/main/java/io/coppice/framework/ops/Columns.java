package io.coppice.framework.ops;

import java.nio.FloatBuffer;

/**
 * A matrix [batch, columns] as one array per column, so that a value times a column is a plain loop
 * over two arrays, which Java's compiler turns into vector instructions.
 */
final class Columns {
  private Columns() {}

  /** The columns of a row-major matrix. */
  static float[][] of(float[] matrix, int batch, int columns) {
    float[][] turned = new float[columns][batch];
    for (int example = 0; example < batch; example++) {
      for (int column = 0; column < columns; column++) {
        turned[column][example] = matrix[example * columns + column];
      }
    }
    return turned;
  }

  /** Writes the columns as a row-major matrix. */
  static void write(float[][] columns, int batch, FloatBuffer to) {
    float[] matrix = new float[batch * columns.length];
    for (int example = 0; example < batch; example++) {
      for (int column = 0; column < columns.length; column++) {
        matrix[example * columns.length + column] = columns[column][example];
      }
    }
    to.put(matrix);
  }
}
