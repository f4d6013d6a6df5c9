package io.coppice.framework.network;

import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.util.Pair;
import io.coppice.framework.blocks.SparseBlock;
import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.ops.Topology;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The elements of a network, for some of which a block of kept values stands in, with the ReLU that
 * follows. The dense weight does not exist meanwhile.
 */
final class StoredLayers {
  private final Block whole;
  private final List<Block> elements;
  private final NDManager manager;
  private final Map<Block, SparseBlock> standIns = new LinkedHashMap<>();

  /**
   * Nothing is stood in for so far.
   *
   * @param elements of the whole, in the order that data pass them
   */
  StoredLayers(Block whole, List<Block> elements, NDManager manager) {
    this.whole = whole;
    this.elements = elements;
    this.manager = manager;
  }

  /** The blocks that data pass through at present. */
  List<Block> elements() {
    List<Block> passed = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      SparseBlock standIn = standIns.get(elements.get(i));
      passed.add(standIn == null ? elements.get(i) : standIn);
      i += standIn != null && standIn.relu() ? 1 : 0;
    }
    return List.copyOf(passed);
  }

  /** The parameters that exist at present, by their paths. */
  Map<String, Parameter> parameters() {
    Map<String, Parameter> parameters = new LinkedHashMap<>();
    for (Pair<String, Parameter> pair : whole.getParameters()) {
      Parameter parameter = pair.getValue();
      Optional<Block> owner = owner(parameter);
      if (owner.isEmpty()) {
        parameters.put(pair.getKey(), parameter);
      } else if (parameter == weight(owner.get())) {
        String path = pair.getKey();
        String prefix = path.substring(0, path.length() - parameter.getName().length());
        SparseBlock standIn = standIns.get(owner.get());
        standIn
            .getDirectParameters()
            .forEach(p -> parameters.put(prefix + p.getKey(), p.getValue()));
      }
    }
    return parameters;
  }

  private Optional<Block> owner(Parameter parameter) {
    return standIns.keySet().stream()
        .filter(block -> block.getDirectParameters().values().contains(parameter))
        .findFirst();
  }

  private static Parameter weight(Block dense) {
    return dense.getDirectParameters().get("weight");
  }

  private static Parameter bias(Block dense) {
    return dense.getDirectParameters().get("bias");
  }

  boolean canStore(Layer layer) {
    return Replaceable.of(layer).isPresent() && Collections.frequency(elements, layer.block()) == 1;
  }

  /** Keeps of the layer's weight the values of a topology; gives the layer as it is then. */
  Layer store(Layer layer, Topology topology, SparseOps ops) {
    Block dense = layer.block();
    SparseBlock standIn =
        Replaceable.of(layer).orElseThrow().sparse(topology, ops, hasRelu(dense), manager);
    layer.parameter().close();
    standIns.put(dense, standIn);
    return new Layer(layer.name(), standIn, standIn.values(), standIn.bias());
  }

  private boolean hasRelu(Block element) {
    int next = elements.indexOf(element) + 1;
    return next < elements.size() && Replaceable.isRelu(elements.get(next));
  }

  /** Takes the topologies from the parameters. */
  void reindex() {
    standIns.values().forEach(SparseBlock::reindex);
  }

  /** Makes every layer dense again, with 0 where no weight was kept. */
  void densify() {
    reindex();
    standIns.forEach(
        (dense, standIn) -> {
          float[] weight = standIn.topology().scatter(standIn.values().getArray().toFloatArray());
          weight(dense).setShape(null); // DJL refuses an array where a shape is known
          weight(dense).setArray(manager.create(weight, standIn.weightShape()));
          if (standIn.bias() != null) {
            standIn.bias().getArray().copyTo(bias(dense).getArray());
          }
          standIn.clear();
        });
    standIns.clear();
  }
}
