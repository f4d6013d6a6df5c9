package io.coppice.engines.sparse.cuda;

import io.coppice.framework.ops.Topology;

/**
 * A matrix's index by columns of blocks: that of its transpose, by ascending rows.
 *
 * @param starts [columns of blocks + 1], where each one's entries begin
 * @param indices per entry the row of blocks
 * @param sources per entry the one of the matrix that it is
 */
record TransposedIndex(int[] starts, int[] indices, int[] sources) {

  static TransposedIndex of(Topology topology) {
    int[] rowStarts = topology.starts();
    int[] columns = topology.indices();
    int[] starts = new int[topology.blockColumns() + 1];
    for (int column : columns) {
      starts[column + 1]++;
    }
    for (int column = 0; column < topology.blockColumns(); column++) {
      starts[column + 1] += starts[column];
    }
    int[] next = starts.clone();
    int[] indices = new int[columns.length];
    int[] sources = new int[columns.length];
    for (int row = 0; row < topology.blockRows(); row++) {
      for (int entry = rowStarts[row]; entry < rowStarts[row + 1]; entry++) {
        int place = next[columns[entry]]++;
        indices[place] = row;
        sources[place] = entry;
      }
    }
    return new TransposedIndex(starts, indices, sources);
  }
}
