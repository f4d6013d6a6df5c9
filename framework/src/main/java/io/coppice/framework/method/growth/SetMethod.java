package io.coppice.framework.method.growth;

import io.coppice.framework.method.Method;
import io.coppice.framework.method.RunContext;
import io.coppice.framework.method.Sparsifier;
import io.coppice.framework.method.pruning.Magnitude;
import io.coppice.framework.network.Network;
import io.coppice.framework.recipe.Require;
import io.coppice.framework.recipe.Time;
import io.coppice.framework.recipe.Timeline;
import io.coppice.framework.sparsity.Allocation;
import java.util.Optional;

/**
 * Sparse evolutionary training: every so often the smallest weights of each layer are dropped and
 * as many connections grow at random; Mocanu et al. 2018, algorithm 1.
 *
 * @param keep the fraction of weights that are there
 * @param fraction ζ, of a layer's connections replaced each time
 */
public record SetMethod(double keep, Allocation allocation, double fraction, Time every, Time until)
    implements Method {
  public SetMethod {
    Require.part("keep", keep);
    Require.fraction("fraction", fraction);
  }

  /** The paper's ζ of 0.3 after every epoch, with Erdős–Rényi kernel allocation. */
  public static SetMethod of(double keep) {
    return new SetMethod(
        keep, new Allocation.ErdosRenyiKernel(), 0.3, Time.epochs(1), Time.percent(100));
  }

  @Override
  public String name() {
    return SparseTopology.name("set", allocation, keep);
  }

  Rewiring rewiring(Timeline timeline) {
    return Rewiring.of(
        new Magnitude(), Optional.empty(), every, until, timeline, passed -> fraction);
  }

  @Override
  public Sparsifier bind(Network network, RunContext context) {
    Optional<Rewiring> rewiring = Optional.of(rewiring(context.timeline()));
    return new SparseTopology(network, context, keep, allocation, rewiring);
  }
}
