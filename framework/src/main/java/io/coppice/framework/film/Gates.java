package io.coppice.framework.film;

import ai.djl.ndarray.NDArray;

/**
 * A layer's gates at one moment, as a matrix: a row per output and a column per input, or a single
 * row where each input neuron has one gate.
 *
 * @param values in row-major order; 0 is closed
 */
public record Gates(int rows, int columns, float[] values) {

  static Gates of(NDArray gates) {
    float[] values = gates.toFloatArray();
    int rows = Math.toIntExact(gates.getShape().get(0));
    return new Gates(rows, values.length / rows, values);
  }

  /** The number of gates that are not closed. */
  public int open() {
    int open = 0;
    for (float value : values) {
      open += value > 0 ? 1 : 0;
    }
    return open;
  }

  float greatest() {
    float greatest = 0;
    for (float value : values) {
      greatest = Math.max(greatest, Float.isFinite(value) ? value : 0);
    }
    return greatest;
  }
}
