package io.coppice.framework.ops;

/** A matrix with rows and columns exchanged. */
final class Turned {
  private Turned() {}

  /** The row-major [columns, rows] of a row-major [rows, columns]. */
  static float[] of(float[] matrix, int rows, int columns) {
    float[] turned = new float[matrix.length];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        turned[column * rows + row] = matrix[row * columns + column];
      }
    }
    return turned;
  }
}
