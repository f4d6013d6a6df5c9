package io.coppice.framework.ops;

import ai.djl.Device;

/**
 * How long the arguments of a product must be and where they must lie, checked once for every home
 * of the operations.
 *
 * @param values of the matrix
 * @param inputs the numbers of one example's x
 * @param outputs the numbers of one example's y
 * @param bias the numbers of the bias, one per row of the matrix
 * @param device in whose memory all of them lie
 */
public record ProductArguments(int values, int inputs, int outputs, int bias, Device device) {

  /** On the host. */
  public ProductArguments(int values, int inputs, int outputs, int bias) {
    this(values, inputs, outputs, bias, Device.cpu());
  }

  /** For products with a matrix [rows, columns]. */
  public static ProductArguments of(Topology topology) {
    return new ProductArguments(
        topology.values(), topology.columns(), topology.rows(), topology.rows());
  }

  /**
   * For convolutions.
   *
   * @throws io.coppice.framework.recipe.RecipeException when the weights do not fit the shape
   */
  public static ProductArguments of(Topology weights, ConvolutionShape shape) {
    shape.requireFit(weights);
    return new ProductArguments(
        weights.values(), shape.inputs(), shape.outputs(weights.rows()), weights.rows());
  }

  /** The same in the memory of a device. */
  public ProductArguments on(Device device) {
    return new ProductArguments(values, inputs, outputs, bias, device);
  }

  /**
   * Checks a forward pass.
   *
   * @throws IllegalArgumentException naming the argument, its length or device and what it must be
   */
  public void require(Forward call) {
    requireBatch(call.batch());
    requireOnce("values", call.values(), values);
    requirePerExample("x", call.x(), call.batch(), inputs);
    if (call.bias().isPresent()) {
      requireOnce("bias", call.bias(), bias);
    }
    requirePerExample("y", call.y(), call.batch(), outputs);
  }

  /**
   * Checks a backward pass.
   *
   * @throws IllegalArgumentException naming the argument, its length or device and what it must be
   */
  public void require(Backward call) {
    int batch = call.batch();
    requireBatch(batch);
    if (call.values().isPresent() || call.dx().isPresent()) {
      requireOnce("values", call.values(), values);
    }
    if (call.x().isPresent() || call.dvalues().isPresent()) {
      requirePerExample("x", call.x(), batch, inputs);
    }
    if (call.y().isPresent()) {
      requirePerExample("y", call.y(), batch, outputs);
    }
    requirePerExample("dy", call.dy(), batch, outputs);
    if (call.dx().isPresent()) {
      requirePerExample("dx", call.dx(), batch, inputs);
    }
    if (call.dvalues().isPresent()) {
      requireOnce("dvalues", call.dvalues(), values);
    }
    if (call.dbias().isPresent()) {
      requireOnce("dbias", call.dbias(), bias);
    }
  }

  private static void requireBatch(int batch) {
    if (batch < 1) {
      throw new IllegalArgumentException("batch is " + batch + "; allowed: at least 1");
    }
  }

  private void requireOnce(String name, Floats floats, int length) {
    require(name, floats, length, "" + length);
  }

  private void requirePerExample(String name, Floats floats, int batch, int each) {
    long length = (long) batch * each;
    require(name, floats, length, length + " (batch " + batch + " · " + each + ")");
  }

  private void require(String name, Floats floats, long length, String allowed) {
    if (floats.count() != length || !floats.isPresent() && length > 0) {
      String has = floats.isPresent() ? floats.count() + " floats" : "no floats";
      throw new IllegalArgumentException(name + " has " + has + "; allowed: " + allowed);
    }
    if (floats.isPresent() && !floats.device().equals(device)) {
      throw new IllegalArgumentException(
          name + " is on " + floats.device() + "; allowed: " + device);
    }
  }
}
