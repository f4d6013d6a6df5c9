package io.coppice.framework.method.growth;

import ai.djl.ndarray.NDArray;
import io.coppice.framework.autograd.Autograd;
import io.coppice.framework.method.RunContext;
import io.coppice.framework.method.Sparsifier;
import io.coppice.framework.method.Step;
import io.coppice.framework.method.pruning.MaskedWeights;
import io.coppice.framework.method.pruning.Scores;
import io.coppice.framework.network.Layer;
import io.coppice.framework.network.Network;
import io.coppice.framework.ops.Layout;
import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.ops.Topology;
import io.coppice.framework.sparsity.Allocation;
import io.coppice.framework.sparsity.Allocation.Budget;
import io.coppice.framework.sparsity.Granularity;
import io.coppice.framework.sparsity.LayerShape;
import io.coppice.framework.sparsity.Mask;
import io.coppice.framework.sparsity.Percent;
import io.coppice.framework.sparsity.Scored;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * One run of a network that is sparse from the start: a random topology that stays, or is rewired
 * with every layer's number of connections kept. Grown connections start at 0 with optimiser
 * memories of 0; one that is dropped and at once grown again stays as it was. Biases stay.
 *
 * <p>Of a layer that {@link Network#canStore} allows and that keeps at most half of its weights,
 * only these are stored, where there are native sparse operations for the run's device; other
 * layers are masked.
 */
final class SparseTopology implements Sparsifier {
  /** From about half of zeros on, sparse products outrun dense ones. */
  private static final double STORED_DENSITY = 0.5;

  private final RunContext context;
  private final Optional<Rewiring> rewiring;
  private final Scores scores = new Scores();
  private final List<StoredConnections> stored = new ArrayList<>();
  private final MaskedWeights masked;

  SparseTopology(
      Network network,
      RunContext context,
      double keep,
      Allocation allocation,
      Optional<Rewiring> rewiring) {
    this.context = context;
    this.rewiring = rewiring;
    Map<String, Mask> drawn = drawn(network, context, keep, allocation);
    Optional<SparseOps> ops =
        SparseOps.serving(context.manager().getDevice())
            .filter(found -> Autograd.find().appliesOperations());
    List<Layer> rest = new ArrayList<>();
    for (Layer layer : network.layers()) {
      Mask mask = drawn.get(layer.name());
      boolean sparse = mask.kept() > 0 && mask.density() <= STORED_DENSITY;
      if (ops.isPresent() && sparse && network.canStore(layer)) {
        Topology topology = topology(layer, mask);
        stored.add(new StoredConnections(network.store(layer, topology, ops.get()), scores));
      } else {
        rest.add(layer);
      }
    }
    masked = new MaskedWeights(rest, context.manager(), scores);
    rest.forEach(layer -> masked.replace(layer.name(), drawn.get(layer.name())));
  }

  private static Map<String, Mask> drawn(
      Network network, RunContext context, double keep, Allocation allocation) {
    List<LayerShape> shapes =
        network.layers().stream()
            .map(layer -> new LayerShape(layer.name(), layer.shape()))
            .toList();
    Map<String, Mask> drawn = new HashMap<>();
    shapes.forEach(layer -> drawn.put(layer.name(), Mask.full(layer.shape())));
    for (Budget budget : allocation.budgets(shapes, keep, keep)) {
      List<Scored> rivals =
          budget.layers().stream()
              .map(layer -> new Scored(Mask.full(layer.shape()), uniform(layer, context)))
              .toList();
      List<Mask> chosen = new Granularity.Unstructured().choose(rivals, budget.kept());
      for (int i = 0; i < chosen.size(); i++) {
        drawn.put(budget.layers().get(i).name(), chosen.get(i));
      }
    }
    return drawn;
  }

  private static float[] uniform(LayerShape layer, RunContext context) {
    Random random = context.random("topology of " + layer.name(), 0);
    float[] draws = new float[Math.toIntExact(layer.shape().size())];
    for (int i = 0; i < draws.length; i++) {
      draws[i] = random.nextFloat();
    }
    return draws;
  }

  private static Topology topology(Layer layer, Mask mask) {
    int rows = Math.toIntExact(layer.outputs());
    return Topology.of(new Layout.Csr(), rows, mask.size() / rows, mask::keeps);
  }

  /** A sparse training's name in tables; Erdős–Rényi kernel goes without saying. */
  static String name(String word, Allocation allocation, double keep) {
    boolean usual = allocation instanceof Allocation.ErdosRenyiKernel;
    return word + (usual ? " " : " " + allocation.name() + " ") + Percent.of(keep);
  }

  @Override
  public void beforeStep(long index) {
    if (rewiring.filter(plan -> plan.looksAtAbsent(index)).isPresent()) {
      stored.forEach(StoredConnections::watchAbsent);
    }
  }

  @Override
  public void afterBackward(Step step) {
    rewiring.filter(plan -> plan.due(step.index())).ifPresent(plan -> rewire(plan, step));
    masked.hold(step);
  }

  private void rewire(Rewiring plan, Step step) {
    stored.forEach(layer -> layer.rewire(plan, step, random(layer.layer(), step)));
    Map<String, Mask> rewired = new HashMap<>();
    masked.layers().forEach(layer -> rewired.put(layer.name(), rewired(layer, plan, step)));
    masked.mute(step);
    rewired.forEach(masked::replace);
    masked.forget(step);
  }

  private Mask rewired(Layer layer, Rewiring plan, Step step) {
    int[] present = masked.mask(layer.name()).positions();
    float[] scores = masked.scores(plan.drop(), layer, step);
    float[] worth = new float[present.length];
    for (int i = 0; i < present.length; i++) {
      worth[i] = scores[present[i]];
    }
    Exchange.Growth growth =
        plan.growth(
            layer.shape(), saliency -> masked.scores(saliency, layer, step), random(layer, step));
    int count = plan.count(step.index(), present.length);
    return Mask.at(layer.shape(), Exchange.of(present, worth, count, growth).places());
  }

  private Random random(Layer layer, Step step) {
    return context.random("growth of " + layer.name(), step.index());
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
