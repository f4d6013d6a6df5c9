package io.coppice.framework.network;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv1d;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.convolutional.Conv3d;
import ai.djl.nn.convolutional.Convolution;
import ai.djl.nn.core.Linear;
import java.util.Iterator;
import java.util.List;

/**
 * An architecture with fewer hidden units than the one it was made from.
 *
 * @param original whose layers follow one another in a row
 * @param widths the units of each hidden linear layer or convolution, in order
 */
public record Compacted(Model original, List<Integer> widths) implements Model {
  public Compacted {
    widths = List.copyOf(widths);
  }

  @Override
  public String name() {
    return original.name() + " compacted";
  }

  @Override
  public Initialization initialization() {
    return original.initialization();
  }

  @Override
  public Block block(Shape sample, int classes) {
    SequentialBlock compacted = new SequentialBlock();
    Iterator<Integer> width = widths.iterator();
    for (Block element : Chain.of(original.block(sample, classes)).elements()) {
      if (Chain.mixes(element) && width.hasNext()) {
        compacted.add(narrowed(element, width.next()));
      } else {
        element.clear();
        compacted.add(element);
      }
    }
    return compacted;
  }

  private static Block narrowed(Block element, int units) {
    boolean bias = element.getDirectParameters().contains("bias");
    if (element instanceof Convolution convolution) {
      return convolution instanceof Conv1d
          ? like(convolution, units, Conv1d.builder()).build()
          : convolution instanceof Conv2d
              ? like(convolution, units, Conv2d.builder()).build()
              : like(convolution, units, Conv3d.builder()).build();
    }
    return Linear.builder().setUnits(units).optBias(bias).build();
  }

  private static <B extends Convolution.ConvolutionBuilder<B>> B like(
      Convolution convolution, int channels, B builder) {
    return builder
        .setKernelShape(convolution.getKernelShape())
        .optStride(convolution.getStride())
        .optPadding(convolution.getPadding())
        .optDilation(convolution.getDilation())
        .optBias(convolution.isIncludeBias())
        .setFilters(channels);
  }
}
