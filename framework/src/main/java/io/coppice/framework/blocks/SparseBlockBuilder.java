package io.coppice.framework.blocks;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.initializer.Initializer;
import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.ops.Topology;
import io.coppice.framework.recipe.RecipeException;
import io.coppice.framework.recipe.Require;
import java.util.function.Function;

/**
 * Gathers how a {@link SparseBlock} is to be.
 *
 * @param <B> the builder's own type
 */
public abstract sealed class SparseBlockBuilder<B extends SparseBlockBuilder<B>>
    permits SparseLinearBuilder, SparseConv2dBuilder {
  private final Topology topology;
  private Function<Device, SparseOps> homes = SparseOps::find;
  private boolean relu;
  private Initializer values;
  private Initializer bias = Initializer.ZEROS;

  SparseBlockBuilder(Topology topology) {
    if (topology == null) {
      throw RecipeException.of("topology", null, "the kept weights, such as Topology.of gives");
    }
    this.topology = topology;
    this.values = this::kaiming;
  }

  /** Which weights there are to be. */
  public Topology topology() {
    return topology;
  }

  /** The home of the operations, instead of {@link SparseOps#find(Device)} for each device. */
  public B ops(SparseOps ops) {
    this.homes = device -> ops;
    return self();
  }

  /** Whether the output goes through a ReLU. */
  public B relu(boolean relu) {
    this.relu = relu;
    return self();
  }

  /** Whether there is a bias, which begins at 0. */
  public B bias(boolean bias) {
    this.bias = bias ? Initializer.ZEROS : null;
    return self();
  }

  /** A bias [out] to begin with. */
  public B bias(float[] bias) {
    this.bias = copyOf("bias", bias, topology.rows());
    return self();
  }

  /** The values to begin with, in the topology's order. */
  public B values(float[] values) {
    this.values = copyOf("values", values, topology.values());
    return self();
  }

  private static Initializer copyOf(String name, float[] numbers, int length) {
    Require.that(numbers.length == length, "length of " + name, numbers.length, "" + length);
    float[] copy = numbers.clone();
    return (manager, shape, type) -> manager.create(copy, shape);
  }

  /** N(0, 2 / columns) of the dense layer, and 0 where a block reaches over the matrix's edge. */
  private NDArray kaiming(NDManager manager, Shape shape, DataType type) {
    float deviation = (float) Math.sqrt(2.0 / topology.columns());
    float[] inside = new float[topology.values()];
    topology.forEachValue((position, row, column) -> inside[position] = 1);
    NDArray drawn = manager.randomNormal(0, deviation, shape, type, manager.getDevice());
    try (NDArray mask = manager.create(inside, shape)) {
      return drawn.muli(mask);
    }
  }

  abstract B self();

  /** The layer, yet to be initialised. */
  public abstract SparseBlock build();

  final SparseBlock.Parts parts() {
    return new SparseBlock.Parts(topology, homes, relu, values, bias);
  }
}
