package io.coppice.framework.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.coppice.framework.method.Sparsifier;
import io.coppice.framework.network.Layer;
import io.coppice.framework.network.Network;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The epoch that validation chose, with its finished weights: of the epochs whose network has the
 * promised size, the one of highest validation accuracy, the later of equals.
 */
public final class Chosen {
  private final Network network;
  private final Map<String, NDArray> weights = new LinkedHashMap<>();
  private EpochRow row;

  Chosen(Network network, NDManager manager) {
    this.network = network;
    network
        .parameters()
        .forEach(
            (name, p) ->
                weights.put(name, manager.zeros(p.getShape(), p.getArray().getDataType())));
  }

  /** The chosen epoch, or empty while none has the promised size. */
  public Optional<EpochRow> row() {
    return Optional.ofNullable(row);
  }

  void offer(EpochRow candidate, Sparsifier sparsifier) {
    if (!candidate.settled() || !better(candidate)) {
      return;
    }
    row = candidate;
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Map<String, Layer> layers = new LinkedHashMap<>();
      network.layers().forEach(layer -> layers.put(layer.parameter().getId(), layer));
      network
          .parameters()
          .forEach(
              (name, parameter) -> {
                Layer layer = layers.get(parameter.getId());
                NDArray value = parameter.getArray();
                NDArray kept = layer == null ? value : sparsifier.finished(layer, value);
                kept.copyTo(weights.get(name));
              });
    }
  }

  private boolean better(EpochRow candidate) {
    return row == null || candidate.validationAccuracy() >= row.validationAccuracy();
  }

  /** Writes the chosen epoch's finished weights into the network, all of whose layers are dense. */
  public void install() {
    network.parameters().forEach((name, p) -> weights.get(name).copyTo(p.getArray()));
    network.densify();
  }

  Map<String, NDArray> state() {
    return weights;
  }

  void resume(List<EpochRow> rows) {
    row = null;
    for (EpochRow candidate : rows) {
      if (candidate.settled() && better(candidate)) {
        row = candidate;
      }
    }
  }
}
