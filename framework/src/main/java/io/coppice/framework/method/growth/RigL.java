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
 * The rigged lottery: every so often the smallest weights of each layer are dropped and as many
 * connections grow where the dense gradient is largest, α/2 · (1 + cos(π t / T)) of them at step t;
 * Evci et al. 2020, algorithm 1.
 *
 * @param keep the fraction of weights that are there
 * @param fraction α, of a layer's connections replaced at first
 * @param every ΔT
 * @param until T, from which the topology stays
 */
public record RigL(double keep, Allocation allocation, double fraction, Time every, Time until)
    implements Method {
  public RigL {
    Require.part("keep", keep);
    Require.fraction("fraction", fraction);
  }

  /** The paper's constants: Erdős–Rényi kernel, α 0.3, every 100 steps for 75 % of training. */
  public static RigL of(double keep) {
    return new RigL(
        keep, new Allocation.ErdosRenyiKernel(), 0.3, Time.steps(100), Time.percent(75));
  }

  @Override
  public String name() {
    return SparseTopology.name("rigl", allocation, keep);
  }

  Rewiring rewiring(Timeline timeline) {
    return Rewiring.of(
        new Magnitude(),
        Optional.of(new GradientMagnitude()),
        every,
        until,
        timeline,
        passed -> fraction / 2 * (1 + Math.cos(Math.PI * passed)));
  }

  @Override
  public Sparsifier bind(Network network, RunContext context) {
    Optional<Rewiring> rewiring = Optional.of(rewiring(context.timeline()));
    return new SparseTopology(network, context, keep, allocation, rewiring);
  }
}
