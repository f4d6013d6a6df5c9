package io.coppice.framework.blocks;

import io.coppice.framework.ops.Topology;

/** Gathers how a {@link SparseLinear} is to be. */
public final class SparseLinearBuilder extends SparseBlockBuilder<SparseLinearBuilder> {

  SparseLinearBuilder(Topology topology) {
    super(topology);
  }

  @Override
  SparseLinearBuilder self() {
    return this;
  }

  @Override
  public SparseLinear build() {
    return new SparseLinear(parts());
  }
}
