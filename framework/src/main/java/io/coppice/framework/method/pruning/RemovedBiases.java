package io.coppice.framework.method.pruning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.coppice.framework.network.Layer;
import io.coppice.framework.sparsity.Mask;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The biases of removed outputs, held at 0 so that such an output is silent. */
final class RemovedBiases {
  private final Map<Layer, NDArray> outputs = new LinkedHashMap<>();

  RemovedBiases(List<Layer> layers, NDManager manager) {
    for (Layer layer : layers) {
      if (layer.bias() != null) {
        outputs.put(layer, manager.ones(new Shape(layer.outputs())));
      }
    }
  }

  void follow(MaskedWeights masked) {
    outputs.forEach(
        (layer, kept) -> {
          Mask mask = masked.mask(layer.name());
          kept.set(FloatBuffer.wrap(mask.outputs()));
        });
  }

  void hold() {
    outputs.forEach((layer, kept) -> layer.bias().getArray().muli(kept).addi(0));
  }
}
