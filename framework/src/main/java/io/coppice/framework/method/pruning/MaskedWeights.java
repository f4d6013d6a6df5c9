package io.coppice.framework.method.pruning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.coppice.framework.method.Step;
import io.coppice.framework.network.Layer;
import io.coppice.framework.sparsity.Allocation.Budget;
import io.coppice.framework.sparsity.Granularity;
import io.coppice.framework.sparsity.LayerShape;
import io.coppice.framework.sparsity.Mask;
import io.coppice.framework.sparsity.Saliency;
import io.coppice.framework.sparsity.Scored;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The masks of one run. A removed weight is exactly 0, in the optimiser's memories too: its mask
 * zeroes all of them once, and the optimiser moves none of them from then on.
 */
public final class MaskedWeights {
  private final Map<String, Masked> masked = new LinkedHashMap<>();
  private final Scores scores;

  private static final class Masked {
    final Layer layer;
    final NDArray values;
    Mask mask;

    Masked(Layer layer, NDManager manager) {
      this.layer = layer;
      this.values = manager.ones(layer.shape());
      this.mask = Mask.full(layer.shape());
    }
  }

  /**
   * Full masks for these layers.
   *
   * @param manager memory that lives as long as the run
   */
  public MaskedWeights(List<Layer> layers, NDManager manager) {
    this(layers, manager, new Scores());
  }

  /**
   * Full masks for these layers.
   *
   * @param manager memory that lives as long as the run
   * @param scores remembers flaws in the scores of these layers, and maybe of others
   */
  public MaskedWeights(List<Layer> layers, NDManager manager, Scores scores) {
    this.scores = scores;
    layers.forEach(layer -> masked.put(layer.name(), new Masked(layer, manager)));
  }

  public List<Layer> layers() {
    return masked.values().stream().map(entry -> entry.layer).toList();
  }

  public List<LayerShape> shapes() {
    return layers().stream().map(layer -> new LayerShape(layer.name(), layer.shape())).toList();
  }

  /** The present mask of the layer of this name. */
  public Mask mask(String layer) {
    return masked.get(layer).mask;
  }

  /** A layer's scores in row-major order; one that is not a number ends the run. */
  public float[] scores(Saliency saliency, Layer layer, Step step) {
    return scores.of(saliency, layer, layer.weight(), step.gradient(layer));
  }

  /**
   * Shrinks every mask to its budget.
   *
   * @param scores one array for each layer name
   */
  public void shrink(Granularity granularity, List<Budget> budgets, Map<String, float[]> scores) {
    for (Budget budget : budgets) {
      List<String> names = budget.layers().stream().map(LayerShape::name).toList();
      List<Scored> rivals =
          names.stream().map(name -> new Scored(mask(name), scores.get(name))).toList();
      List<Mask> chosen = granularity.choose(rivals, budget.kept());
      for (int i = 0; i < chosen.size(); i++) {
        replace(names.get(i), chosen.get(i));
      }
    }
  }

  /** Gives a layer another mask and zeroes the weights that it removes. */
  public void replace(String layer, Mask mask) {
    Masked entry = masked.get(layer);
    entry.mask = mask;
    entry.values.set(FloatBuffer.wrap(mask.values()));
    entry.layer.weight().muli(entry.values).addi(0);
  }

  /** Zeroes the optimiser's memories of removed weights. */
  public void forget(Step step) {
    for (Masked entry : masked.values()) {
      if (!entry.mask.isFull()) {
        step.optimizerState(entry.layer).forEach(memory -> memory.muli(entry.values).addi(0));
      }
    }
  }

  /** Zeroes the gradients of weights that are removed now, so that none comes back in this step. */
  public void mute(Step step) {
    masked.values().forEach(entry -> step.gradient(entry.layer).muli(entry.values));
  }

  /** Lets this step's update leave removed weights at 0. */
  public void hold(Step step) {
    for (Masked entry : masked.values()) {
      if (!entry.mask.isFull()) {
        step.hold(entry.layer, entry.values);
      }
    }
  }

  /** Why training cannot go on: a layer without a weight, or scores that are not numbers. */
  public Optional<String> collapse() {
    for (Masked entry : masked.values()) {
      if (entry.mask.kept() == 0) {
        return Optional.of("the mask of " + entry.layer.name() + " keeps none of its weights");
      }
    }
    return scores.flaw();
  }

  /** The masks as live arrays of 0 and 1, by layer name. */
  public Map<String, NDArray> state() {
    Map<String, NDArray> state = new LinkedHashMap<>();
    masked.forEach((name, entry) -> state.put("mask/" + name, entry.values));
    return state;
  }

  /** Reads the masks from {@link #state} again. */
  public void restored() {
    masked.values().forEach(entry -> entry.mask = Mask.of(entry.values));
  }
}
