package io.coppice.framework.blocks;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.initializer.Initializer;
import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.ops.Topology;
import io.coppice.framework.recipe.Require;
import java.util.function.Function;

/** Gathers how a {@link SparseLinear} is to be. */
public final class SparseLinearBuilder {
  private final Topology topology;
  private Function<Device, SparseOps> homes = SparseOps::find;
  private boolean relu;
  private Initializer values;
  private Initializer bias = Initializer.ZEROS;

  SparseLinearBuilder(Topology topology) {
    this.topology = topology;
    this.values = this::kaiming;
  }

  /** The home of the operations, instead of {@link SparseOps#find(Device)} for each device. */
  public SparseLinearBuilder ops(SparseOps ops) {
    this.homes = device -> ops;
    return this;
  }

  /** Whether the output goes through a ReLU. */
  public SparseLinearBuilder relu(boolean relu) {
    this.relu = relu;
    return this;
  }

  /** Whether there is a bias, which begins at 0. */
  public SparseLinearBuilder bias(boolean bias) {
    this.bias = bias ? Initializer.ZEROS : null;
    return this;
  }

  /** A bias [out] to begin with. */
  public SparseLinearBuilder bias(float[] bias) {
    this.bias = copyOf("bias", bias, topology.rows());
    return this;
  }

  /** The values to begin with, in the topology's order. */
  public SparseLinearBuilder values(float[] values) {
    this.values = copyOf("values", values, topology.values());
    return this;
  }

  private static Initializer copyOf(String name, float[] numbers, int length) {
    Require.that(numbers.length == length, "length of " + name, numbers.length, "" + length);
    float[] copy = numbers.clone();
    return (manager, shape, type) -> manager.create(copy, shape);
  }

  /** N(0, 2 / in) of the dense layer, and 0 where a block reaches over the matrix's edge. */
  private NDArray kaiming(NDManager manager, Shape shape, DataType type) {
    float deviation = (float) Math.sqrt(2.0 / topology.columns());
    float[] inside = new float[topology.values()];
    topology.forEachValue((position, row, column) -> inside[position] = 1);
    NDArray drawn = manager.randomNormal(0, deviation, shape, type, manager.getDevice());
    try (NDArray mask = manager.create(inside, shape)) {
      return drawn.muli(mask);
    }
  }

  public SparseLinear build() {
    return new SparseLinear(topology, homes, relu, values, bias);
  }
}
