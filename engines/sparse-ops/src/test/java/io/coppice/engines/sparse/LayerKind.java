package io.coppice.engines.sparse;

import ai.djl.ndarray.types.Shape;
import io.coppice.framework.blocks.SparseBlockBuilder;
import io.coppice.framework.blocks.SparseConv2d;
import io.coppice.framework.blocks.SparseLinear;
import io.coppice.framework.ops.Topology;

/** Sparse layers of every kind, of sizes that no block divides. */
enum LayerKind {
  LINEAR(21, 19, new Shape(5, 19)) {
    @Override
    SparseBlockBuilder<?> builder(Topology topology) {
      return SparseLinear.builder(topology);
    }
  },
  CONVOLUTION(10, 24, new Shape(3, 4, 7, 6)) {
    @Override
    SparseBlockBuilder<?> builder(Topology topology) {
      return SparseConv2d.builder(topology, 3, 2).padding(1);
    }
  },
  STRIDED_GROUPS(10, 12, new Shape(3, 4, 7, 6)) {
    @Override
    SparseBlockBuilder<?> builder(Topology topology) {
      return SparseConv2d.builder(topology, 3, 2).stride(2).padding(1).groups(2);
    }
  };

  private final int rows;
  private final int columns;
  private final Shape input;

  LayerKind(int rows, int columns, Shape input) {
    this.rows = rows;
    this.columns = columns;
    this.input = input;
  }

  abstract SparseBlockBuilder<?> builder(Topology topology);

  /** The rows of the weights' matrix. */
  int rows() {
    return rows;
  }

  /** The columns of the weights' matrix. */
  int columns() {
    return columns;
  }

  /** The shape of a batch. */
  Shape input() {
    return input;
  }
}
