package io.coppice.framework.network;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import io.coppice.framework.blocks.SparseBlock;
import io.coppice.framework.blocks.SparseBlockBuilder;
import io.coppice.framework.blocks.SparseConv2d;
import io.coppice.framework.blocks.SparseLinear;
import io.coppice.framework.ops.ConvolutionShape;
import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.ops.Topology;
import java.util.Optional;

/**
 * A layer that a sparse block can stand in for: a linear one, or a convolution of images that moves
 * and pads alike along both axes and has no dilation.
 *
 * @param convolution the geometry of a convolution
 */
public record Replaceable(Layer layer, Optional<ConvolutionShape> convolution) {

  /** The layer as one that can be replaced, or empty where it cannot. */
  public static Optional<Replaceable> of(Layer layer) {
    if (layer.block().getClass() == Linear.class) {
      return Optional.of(new Replaceable(layer, Optional.empty()));
    }
    return layer.block() instanceof Conv2d convolution && isPlain(convolution)
        ? Optional.of(new Replaceable(layer, Optional.of(shape(convolution))))
        : Optional.empty();
  }

  /** Whether an element is max(0, ·), which the sparse block before it can do, too. */
  public static boolean isRelu(Block element) {
    return element instanceof LambdaBlock lambda && lambda.getName().equals("ReLU");
  }

  private static boolean isPlain(Conv2d convolution) {
    Shape dilation = convolution.getDilation();
    return isEven(convolution.getStride())
        && isEven(convolution.getPadding())
        && dilation.get(0) == 1
        && dilation.get(1) == 1;
  }

  private static boolean isEven(Shape axes) {
    return axes.get(0) == axes.get(1);
  }

  private static ConvolutionShape shape(Conv2d convolution) {
    Shape image = convolution.getInputShapes()[0];
    return new ConvolutionShape(
        Math.toIntExact(image.get(1)),
        Math.toIntExact(image.get(2)),
        Math.toIntExact(image.get(3)),
        Math.toIntExact(convolution.getKernelShape().get(0)),
        Math.toIntExact(convolution.getKernelShape().get(1)),
        Math.toIntExact(convolution.getStride().get(0)),
        Math.toIntExact(convolution.getPadding().get(0)),
        convolution.getGroups());
  }

  /**
   * A block with the values of a topology and the layer's bias, both copied.
   *
   * @param weights of the layer's weight as a matrix [out, the rest]
   * @param relu whether the output goes through a ReLU
   * @param manager of the block's memory
   */
  public SparseBlock sparse(Topology weights, SparseOps ops, boolean relu, NDManager manager) {
    SparseBlock block =
        convolution
            .<SparseBlock>map(shape -> filled(convolution(weights, shape), ops, relu).build())
            .orElseGet(() -> filled(SparseLinear.builder(weights), ops, relu).build());
    block.initialize(manager, DataType.FLOAT32, layer.block().getInputShapes());
    return block;
  }

  private static SparseBlockBuilder<?> convolution(Topology weights, ConvolutionShape shape) {
    return SparseConv2d.builder(weights, shape.kernelHeight(), shape.kernelWidth())
        .stride(shape.stride())
        .padding(shape.padding())
        .groups(shape.groups());
  }

  private SparseBlockBuilder<?> filled(SparseBlockBuilder<?> builder, SparseOps ops, boolean relu) {
    float[] dense = layer.weight().toFloatArray();
    builder.ops(ops).relu(relu).values(builder.topology().gather(dense));
    return layer.bias() == null
        ? builder.bias(false)
        : builder.bias(layer.bias().getArray().toFloatArray());
  }
}
