package io.coppice.framework.method.growth;

import ai.djl.ndarray.NDArray;
import io.coppice.framework.method.RunContext;
import io.coppice.framework.method.Sparsifier;
import io.coppice.framework.method.Step;
import io.coppice.framework.method.pruning.MaskedWeights;
import io.coppice.framework.network.Layer;
import io.coppice.framework.network.Network;
import io.coppice.framework.sparsity.Allocation;
import io.coppice.framework.sparsity.Granularity;
import io.coppice.framework.sparsity.Mask;
import io.coppice.framework.sparsity.Percent;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * One run of a network that is sparse from the start: a random topology that stays, or is rewired
 * with every layer's number of connections kept. Grown connections start at 0 with optimiser
 * memories of 0; one that is dropped and at once grown again stays as it was. Biases stay.
 */
final class SparseTopology implements Sparsifier {
  private final MaskedWeights masked;
  private final Optional<Rewiring> rewiring;

  SparseTopology(
      Network network,
      RunContext context,
      double keep,
      Allocation allocation,
      Optional<Rewiring> rewiring) {
    this.masked = new MaskedWeights(network.layers(), context.manager());
    this.rewiring = rewiring;
    Map<String, float[]> scores = new HashMap<>();
    for (Layer layer : network.layers()) {
      Random random = context.random("topology of " + layer.name(), 0);
      float[] uniform = new float[Math.toIntExact(layer.size())];
      for (int i = 0; i < uniform.length; i++) {
        uniform[i] = random.nextFloat();
      }
      scores.put(layer.name(), uniform);
    }
    masked.shrink(
        new Granularity.Unstructured(), allocation.budgets(masked.shapes(), keep, keep), scores);
  }

  /** A sparse training's name in tables; Erdős–Rényi kernel goes without saying. */
  static String name(String word, Allocation allocation, double keep) {
    boolean usual = allocation instanceof Allocation.ErdosRenyiKernel;
    return word + (usual ? " " : " " + allocation.name() + " ") + Percent.of(keep);
  }

  @Override
  public void afterBackward(Step step) {
    rewiring.filter(plan -> plan.due(step.index())).ifPresent(plan -> rewire(plan, step));
    masked.hold(step);
  }

  private void rewire(Rewiring plan, Step step) {
    for (Layer layer : masked.layers()) {
      Mask present = masked.mask(layer.name());
      int count = plan.count(step.index(), present.kept());
      float[] worth = masked.scores(plan.drop(), layer, step);
      float[] promise = masked.scores(plan.grow(), layer, step);
      Mask survivors = present.best(worth, present.kept() - count);
      Mask absent = survivors.inverse();
      masked.replace(layer.name(), survivors.or(absent.best(promise, count)));
    }
    masked.forget(step);
  }

  @Override
  public Optional<String> collapse() {
    return masked.collapse();
  }

  @Override
  public Map<String, NDArray> state() {
    return masked.state();
  }

  @Override
  public void restored() {
    masked.restored();
  }
}
