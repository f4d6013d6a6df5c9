package io.coppice.framework.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.convolutional.Convolution;
import ai.djl.nn.core.Linear;
import ai.djl.nn.recurrent.RecurrentBlock;
import io.coppice.framework.blocks.SparseBlock;

/**
 * One prunable weight of a network, [out, in] or [out, in, kernel...].
 *
 * @param name its kind and number in the order of the data, such as {@code fc1} or {@code conv2};
 *     for one of a block's several weights also which, such as {@code gru1.l_0_h2h}
 * @param block the DJL block that owns the weight
 * @param parameter the weight as DJL keeps it
 * @param bias the bias that belongs to the weight's outputs, or null
 */
public record Layer(String name, Block block, Parameter parameter, Parameter bias) {

  /**
   * The trainable weight W, before any sparsifier has turned it into W̃; of a stored layer the kept
   * values.
   */
  public NDArray weight() {
    return parameter.getArray();
  }

  /** The shape of W, that of the whole also when only some of its values are stored. */
  public Shape shape() {
    return block instanceof SparseBlock sparse ? sparse.weightShape() : parameter.getShape();
  }

  /** The number of weights. */
  public long size() {
    return shape().size();
  }

  /** The number of outputs: neurons, or channels of a convolution. */
  public long outputs() {
    return shape().get(0);
  }

  /** The number of inputs: neurons, or channels of a convolution. */
  public long inputs() {
    return shape().get(1);
  }

  /**
   * How often one example is multiplied by each weight: once per output position of a convolution,
   * per time step of a recurrent layer, per row that a linear layer reads; once for other blocks.
   */
  public long positions() {
    Shape[] input = block.getInputShapes();
    if (block instanceof RecurrentBlock) {
      return input[0].get(0) * input[0].get(1);
    }
    return block instanceof Linear || block instanceof Convolution || block instanceof SparseBlock
        ? block.getOutputShapes(input)[0].size() / outputs()
        : 1;
  }
}
