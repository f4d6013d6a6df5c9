package io.coppice.framework.ops;

/**
 * Any topology row by row, as if it were compressed rows: the values of row r are at {@code
 * starts[r]} up to {@code starts[r + 1]}, by ascending column.
 *
 * @param columns per value its column in the matrix
 * @param positions per value its place among the topology's values
 */
record ValueRows(int[] starts, int[] columns, int[] positions) {

  static ValueRows of(Topology topology) {
    int[] starts = new int[topology.rows() + 1];
    topology.forEachValue((position, row, column) -> starts[row + 1]++);
    for (int row = 0; row < topology.rows(); row++) {
      starts[row + 1] += starts[row];
    }
    int[] next = starts.clone();
    int[] columns = new int[starts[topology.rows()]];
    int[] positions = new int[columns.length];
    topology.forEachValue(
        (position, row, column) -> {
          columns[next[row]] = column;
          positions[next[row]++] = position;
        });
    return new ValueRows(starts, columns, positions);
  }
}
