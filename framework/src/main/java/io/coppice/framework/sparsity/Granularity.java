package io.coppice.framework.sparsity;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Convolution;
import ai.djl.nn.core.Linear;
import io.coppice.framework.network.Layer;
import io.coppice.framework.recipe.Require;
import java.util.List;
import java.util.stream.IntStream;

/** What is removed together. */
public sealed interface Granularity permits Granularity.Grouped, NOfM {

  /** The granularity's name in tables. */
  String name();

  /**
   * Masks for layers that compete for one budget, in their order.
   *
   * @param budget how many weights may stay in all of them
   */
  List<Mask> choose(List<Scored> layers, long budget);

  /** Whether this granularity prunes such a layer; other layers stay dense. */
  default boolean prunes(Layer layer, boolean last) {
    return true;
  }

  /** Whether a group is an output as a whole, so that its bias goes with it. */
  default boolean removesOutputs() {
    return false;
  }

  /**
   * Refuses a recipe that this granularity cannot meet.
   *
   * @throws io.coppice.framework.recipe.RecipeException with the remedy
   */
  default void requireFit(Allocation allocation, double keep) {}

  /**
   * Refuses a layer that this granularity cannot prune to so many weights.
   *
   * @throws io.coppice.framework.recipe.RecipeException with the remedy
   */
  default void requireFit(LayerShape layer, long kept) {}

  /**
   * Parts a weight into groups that stay or go as a whole: of all groups, best first, those stay
   * that the budget holds, up to the first that exceeds it.
   */
  sealed interface Grouped extends Granularity {

    /** The number of the group of each weight, from 0, in row-major order. */
    int[] groups(Shape shape);

    /** A group's score from its weights' scores. */
    default Pooling pooling() {
      return Pooling.MEAN;
    }

    @Override
    default List<Mask> choose(List<Scored> layers, long budget) {
      return GroupChoice.of(this, layers, budget);
    }
  }

  /** A group's score from its weights' scores. */
  enum Pooling {
    MEAN,
    MAX
  }

  /** Every weight by itself. */
  record Unstructured() implements Grouped {
    @Override
    public String name() {
      return "unstructured";
    }

    @Override
    public int[] groups(Shape shape) {
      return IntStream.range(0, Math.toIntExact(shape.size())).toArray();
    }
  }

  /**
   * Blocks of {@code rows} outputs by {@code columns} inputs, of a convolution over its kernel
   * flattened into the inputs, [out, in · kernel]. Blocks at the far edges are smaller where the
   * shape is not a multiple; they count with the weights they have.
   */
  record Block(int rows, int columns, Pooling pooling) implements Grouped {
    public Block {
      Require.atLeast("rows", rows, 1);
      Require.atLeast("columns", columns, 1);
    }

    @Override
    public String name() {
      return "block " + rows + "×" + columns + (pooling == Pooling.MAX ? " max" : "");
    }

    @Override
    public int[] groups(Shape shape) {
      int width = Math.toIntExact(shape.slice(1).size());
      int across = (width + columns - 1) / columns;
      int[] groups = new int[Math.toIntExact(shape.size())];
      for (int i = 0; i < groups.length; i++) {
        groups[i] = i / width / rows * across + i % width / columns;
      }
      return groups;
    }
  }

  /** All weights into one output, of every layer but the last, whose outputs are the classes. */
  record Row() implements Grouped {
    @Override
    public String name() {
      return "row";
    }

    @Override
    public boolean prunes(Layer layer, boolean last) {
      return !last;
    }

    @Override
    public int[] groups(Shape shape) {
      return Granularity.outputs(shape);
    }
  }

  /** All weights out of one input: W[:, i] of a linear layer, W[:, i, ...] of a convolution. */
  record Column() implements Grouped {
    @Override
    public String name() {
      return "column";
    }

    @Override
    public int[] groups(Shape shape) {
      int inputs = Math.toIntExact(shape.get(1));
      int kernel = Math.toIntExact(shape.slice(2).size());
      int[] groups = new int[Math.toIntExact(shape.size())];
      for (int i = 0; i < groups.length; i++) {
        groups[i] = i / kernel % inputs;
      }
      return groups;
    }
  }

  /**
   * Output neurons of linear layers and output channels of convolutions, with their biases, of
   * every layer but the last, whose outputs are the classes.
   */
  record Neuron() implements Grouped {
    @Override
    public String name() {
      return "neuron";
    }

    @Override
    public boolean prunes(Layer layer, boolean last) {
      return !last && (layer.block() instanceof Linear || layer.block() instanceof Convolution);
    }

    @Override
    public boolean removesOutputs() {
      return true;
    }

    @Override
    public int[] groups(Shape shape) {
      return Granularity.outputs(shape);
    }
  }

  /** Output channels of convolutions, with their biases; linear layers stay dense. */
  record Channel() implements Grouped {
    @Override
    public String name() {
      return "channel";
    }

    @Override
    public boolean prunes(Layer layer, boolean last) {
      return !last && layer.block() instanceof Convolution;
    }

    @Override
    public boolean removesOutputs() {
      return true;
    }

    @Override
    public int[] groups(Shape shape) {
      return Granularity.outputs(shape);
    }
  }

  private static int[] outputs(Shape shape) {
    int width = Math.toIntExact(shape.slice(1).size());
    int[] groups = new int[Math.toIntExact(shape.size())];
    for (int i = 0; i < groups.length; i++) {
      groups[i] = i / width;
    }
    return groups;
  }
}
