package io.coppice.framework.method.growth;

import io.coppice.framework.method.Method;
import io.coppice.framework.method.RunContext;
import io.coppice.framework.method.Sparsifier;
import io.coppice.framework.network.Network;
import io.coppice.framework.recipe.Require;
import io.coppice.framework.sparsity.Allocation;
import java.util.Optional;

/**
 * A random topology, drawn once before training: the baseline of sparse training.
 *
 * @param keep the fraction of weights that are there
 */
public record StaticSparse(double keep, Allocation allocation) implements Method {
  public StaticSparse {
    Require.part("keep", keep);
  }

  /** With Erdős–Rényi kernel allocation. */
  public static StaticSparse of(double keep) {
    return new StaticSparse(keep, new Allocation.ErdosRenyiKernel());
  }

  @Override
  public String name() {
    return SparseTopology.name("static", allocation, keep);
  }

  @Override
  public Sparsifier bind(Network network, RunContext context) {
    return new SparseTopology(network, context, keep, allocation, Optional.empty());
  }
}
