package io.coppice.framework.blocks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import io.coppice.framework.ops.Topology;

/**
 * A topology's index as two parameters that no optimiser moves, so that whatever saves, copies or
 * restores the arrays of a network does so with its topologies.
 */
final class TopologyParameters {
  private final Parameter starts;
  private final Parameter indices;

  TopologyParameters() {
    starts = integers("starts");
    indices = integers("indices");
  }

  private static Parameter integers(String name) {
    return Parameter.builder()
        .setName(name)
        .setType(Parameter.Type.OTHER)
        .optRequiresGrad(false)
        .build();
  }

  Parameter starts() {
    return starts;
  }

  Parameter indices() {
    return indices;
  }

  /** Readies the parameters to be initialised with this topology. */
  void prepare(Topology topology) {
    starts.setShape(new Shape(topology.blockRows() + 1));
    starts.setInitializer((manager, shape, type) -> manager.create(topology.starts(), shape));
    indices.setShape(new Shape(topology.entries()));
    indices.setInitializer((manager, shape, type) -> manager.create(topology.indices(), shape));
  }

  /** Overwrites initialised parameters with a topology of as many entries. */
  void write(Topology topology) {
    write(starts, topology.starts());
    write(indices, topology.indices());
  }

  private static void write(Parameter parameter, int[] numbers) {
    NDArray array = parameter.getArray();
    try (NDArray copy = array.getManager().create(numbers, parameter.getShape())) {
      copy.copyTo(array);
    }
  }

  /**
   * The topology that the parameters hold, of another one's layout and size.
   *
   * @throws io.coppice.framework.recipe.RecipeException when they hold none
   */
  Topology read(Topology like) {
    return new Topology(
        like.layout(),
        like.rows(),
        like.columns(),
        starts.getArray().toIntArray(),
        indices.getArray().toIntArray());
  }
}
