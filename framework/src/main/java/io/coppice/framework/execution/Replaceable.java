package io.coppice.framework.execution;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import io.coppice.framework.blocks.SparseBlock;
import io.coppice.framework.blocks.SparseBlockBuilder;
import io.coppice.framework.blocks.SparseConv2d;
import io.coppice.framework.blocks.SparseLinear;
import io.coppice.framework.network.Layer;
import io.coppice.framework.network.Network;
import io.coppice.framework.ops.ConvolutionShape;
import io.coppice.framework.ops.Layout;
import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.ops.Topology;
import java.util.Optional;

/**
 * An element of a network that has sparse forms: a linear layer, or a convolution of images that
 * moves and pads alike along both axes and has no dilation.
 */
record Replaceable(Layer layer, LayerWeights weights) {

  static Optional<Replaceable> of(Network network, Block element) {
    return network.layers().stream()
        .filter(layer -> layer.block() == element)
        .findFirst()
        .flatMap(layer -> weights(layer).map(weights -> new Replaceable(layer, weights)));
  }

  private static Optional<LayerWeights> weights(Layer layer) {
    int outputs = Math.toIntExact(layer.outputs());
    if (layer.block().getClass() == Linear.class) {
      int inputs = Math.toIntExact(layer.inputs());
      return Optional.of(
          LayerWeights.linear(layer.name(), outputs, inputs, layer.weight().toFloatArray()));
    }
    if (layer.block() instanceof Conv2d convolution && isPlain(convolution)) {
      ConvolutionShape shape = shape(convolution);
      return Optional.of(
          LayerWeights.convolution(layer.name(), outputs, shape, layer.weight().toFloatArray()));
    }
    return Optional.empty();
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

  /** The examples of the layer's passes: the rows that a linear layer reads, or the images. */
  int examples(int batch) {
    return weights.convolution().isPresent() ? batch : Math.toIntExact(batch * layer.positions());
  }

  /** The layer in this layout, with its weights and bias in the manager's memory. */
  SparseBlock sparse(Layout layout, SparseOps ops, boolean relu, NDManager manager) {
    Topology topology = weights.topology(layout);
    SparseBlock block =
        weights
            .convolution()
            .<SparseBlock>map(shape -> with(convolution(topology, shape), ops, relu).build())
            .orElseGet(() -> with(SparseLinear.builder(topology), ops, relu).build());
    block.initialize(manager, DataType.FLOAT32, layer.block().getInputShapes());
    return block;
  }

  private static SparseBlockBuilder<?> convolution(Topology topology, ConvolutionShape shape) {
    return SparseConv2d.builder(topology, shape.kernelHeight(), shape.kernelWidth())
        .stride(shape.stride())
        .padding(shape.padding())
        .groups(shape.groups());
  }

  private SparseBlockBuilder<?> with(SparseBlockBuilder<?> builder, SparseOps ops, boolean relu) {
    builder.ops(ops).relu(relu).values(builder.topology().gather(weights.dense()));
    return layer.bias() == null
        ? builder.bias(false)
        : builder.bias(layer.bias().getArray().toFloatArray());
  }
}
