package io.coppice.framework.method.growth;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.coppice.framework.blocks.SparseBlock;
import io.coppice.framework.method.Step;
import io.coppice.framework.method.pruning.Scores;
import io.coppice.framework.network.Layer;
import io.coppice.framework.ops.Topology;
import io.coppice.framework.sparsity.Saliency;
import java.util.Arrays;
import java.util.Random;

/**
 * The connections of a layer as all that exists of its weight, its gradient and the optimiser's
 * memories; the whole gradient exists only in a step that grows by it.
 */
final class StoredConnections {
  private final Layer layer;
  private final SparseBlock block;
  private final Scores scores;
  private NDArray wholeGradient;

  /**
   * @param layer as {@link io.coppice.framework.network.Network#store} gave it
   * @param scores remembers flaws
   */
  StoredConnections(Layer layer, Scores scores) {
    this.layer = layer;
    this.block = (SparseBlock) layer.block();
    this.scores = scores;
  }

  Layer layer() {
    return layer;
  }

  /** Lets the backward pass to come give the gradient of absent connections too. */
  void watchAbsent() {
    wholeGradient = manager().zeros(layer.shape());
    block.addWholeGradientTo(wholeGradient);
  }

  private NDManager manager() {
    return layer.weight().getManager();
  }

  /** Replaces as many connections as the plan says; grown ones take part from the next step on. */
  void rewire(Rewiring plan, Step step, Random random) {
    block.addWholeGradientTo(null);
    Topology topology = block.topology();
    int[] present = new int[topology.entries()];
    topology.forEachValue(
        (position, row, column) -> present[position] = row * topology.columns() + column);
    float[] worth = scores.of(plan.drop(), layer, layer.weight(), step.gradient(layer));
    int count = plan.count(step.index(), present.length);
    Exchange.Growth growth =
        plan.growth(layer.shape(), saliency -> promise(saliency, topology), random);
    Exchange exchange = Exchange.of(present, worth, count, growth);
    long[] grown = Arrays.stream(exchange.grown()).asLongStream().toArray();
    Topology.Move move = topology.moved(exchange.dropped(), grown);
    block.move(move);
    carry(move, step.gradient(layer));
    step.optimizerState(layer).forEach(memory -> carry(move, memory));
  }

  private float[] promise(Saliency saliency, Topology topology) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      float[] whole = topology.scatter(layer.weight().toFloatArray());
      return scores.of(saliency, layer, manager().create(whole, layer.shape()), wholeGradient);
    }
  }

  private static void carry(Topology.Move move, NDArray values) {
    try (NDArray carried =
        values.getManager().create(move.carry(values.toFloatArray()), values.getShape())) {
      carried.copyTo(values);
    }
  }
}
