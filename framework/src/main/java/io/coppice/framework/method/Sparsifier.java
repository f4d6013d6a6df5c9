package io.coppice.framework.method;

import ai.djl.ndarray.NDArray;
import io.coppice.framework.network.EffectiveWeights;
import io.coppice.framework.network.Layer;
import java.util.Map;
import java.util.Optional;

/**
 * One run's sparsity state. The loop calls the hooks in the order they stand here; all are
 * optional.
 */
public interface Sparsifier extends EffectiveWeights {

  /** Before the first step of an epoch: phases of the method's own, such as a switcher's. */
  default void beforeEpoch(Epoch epoch) {}

  /**
   * Before the forward pass of a step.
   *
   * @param index from 0 at the start of training
   */
  default void beforeStep(long index) {}

  /** W̃ = f(W, θ), inside the graph. */
  @Override
  default NDArray of(Layer layer, NDArray weight) {
    return weight;
  }

  /**
   * The gates that multiply W by the names of their layers, each of a shape that broadcasts over
   * its W, to be looked at; none where the method has no gates.
   */
  default Map<String, NDArray> gates() {
    return Map.of();
  }

  /** A scalar added to the loss. */
  default Optional<NDArray> penalty() {
    return Optional.empty();
  }

  /** Gradients are there, the optimiser has not moved: score, mask, drop, grow. */
  default void afterBackward(Step step) {}

  /** The optimiser has moved. */
  default void afterStep(Step step) {}

  default void afterEpoch(Epoch epoch) {}

  /** Whether the network has reached the size its recipe promises; only such epochs are chosen. */
  default boolean settled() {
    return true;
  }

  /** Why training cannot go on, such as a layer without an open gate; empty while it can. */
  default Optional<String> collapse() {
    return Optional.empty();
  }

  /** θ by name, trained beside W by {@link #optimizer} and closed with the run's manager. */
  default Map<String, NDArray> parameters() {
    return Map.of();
  }

  /** Everything a resume needs beside θ, by name, as live arrays that restoring writes into. */
  default Map<String, NDArray> state() {
    return Map.of();
  }

  /** After {@link #parameters} and {@link #state} have been written from a checkpoint. */
  default void restored() {}

  /** Training is over: the weight W̃ that the finished network keeps, without noise. */
  default NDArray finished(Layer layer, NDArray weight) {
    return of(layer, weight);
  }
}
