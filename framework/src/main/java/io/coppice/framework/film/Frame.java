package io.coppice.framework.film;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.coppice.framework.network.Layer;
import io.coppice.framework.sparsity.Mask;
import io.coppice.framework.training.EpochRow;
import io.coppice.framework.training.Training;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A network at one moment of its training.
 *
 * @param moment such as "start" or "epoch 3"
 * @param row of the epoch that has just ended; empty at the start and at a collapse
 * @param masks where W̃ is not 0, by layer
 * @param gates by layer; none where the method has no gates
 */
public record Frame(
    String moment, Optional<EpochRow> row, Map<String, Mask> masks, Map<String, Gates> gates) {

  public Frame {
    masks = Collections.unmodifiableMap(new LinkedHashMap<>(masks));
    gates = Collections.unmodifiableMap(new LinkedHashMap<>(gates));
  }

  static Frame of(String moment, Optional<EpochRow> row, Training training) {
    Map<String, Mask> masks = new LinkedHashMap<>();
    Map<String, Gates> gates = new LinkedHashMap<>();
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      for (Layer layer : training.network().layers()) {
        NDArray kept = training.sparsifier().finished(layer, layer.weight());
        masks.put(layer.name(), Mask.of(kept));
      }
      training.sparsifier().gates().forEach((layer, array) -> gates.put(layer, Gates.of(array)));
    }
    return new Frame(moment, row, masks, gates);
  }
}
