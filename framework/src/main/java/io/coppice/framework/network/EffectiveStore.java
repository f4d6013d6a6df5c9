package io.coppice.framework.network;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Hands W̃ instead of W to any DJL block that asks for its weight. One store serves one forward
 * pass: a weight asked for twice, as recurrent blocks do, is made effective once.
 */
final class EffectiveStore extends ParameterStore {
  private final Map<String, Layer> layersById = new HashMap<>();
  private final EffectiveWeights weights;
  private final Map<String, NDArray> made = new HashMap<>();

  EffectiveStore(NDManager manager, List<Layer> layers, EffectiveWeights weights) {
    super(manager, false);
    layers.forEach(layer -> layersById.put(layer.parameter().getId(), layer));
    this.weights = weights;
  }

  @Override
  public NDArray getValue(Parameter parameter, Device device, boolean training) {
    if (parameter == null) {
      return null;
    }
    Layer layer = layersById.get(parameter.getId());
    if (layer == null) {
      return parameter.getArray();
    }
    return made.computeIfAbsent(parameter.getId(), id -> weights.of(layer, parameter.getArray()));
  }
}
