package io.coppice.framework.measure;

import io.coppice.framework.network.Layer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One column per layer, such as {@code sparsity_fc1}: the fraction of its weights that {@link
 * Nonzero} does not count.
 */
public record LayerSparsity() implements Measurement {

  @Override
  public Row columns(Trained trained) {
    Map<String, Double> columns = new LinkedHashMap<>();
    for (Layer layer : trained.network().layers()) {
      double density = (double) trained.liveness().nonzero(layer) / layer.size();
      columns.put("sparsity_" + layer.name(), 1 - density);
    }
    return Row.of(columns);
  }
}
