package io.coppice.framework.blocks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import io.coppice.framework.ops.Topology;

/** A layer of whose weight W only the kept values exist. */
public interface SparseBlock extends Block {

  /** Which weights there are; {@link #move} and loading change it. */
  Topology topology();

  /** The shape of the whole W: [out, in] or [out, in / groups, height, width]. */
  Shape weightShape();

  /** The kept weights [values of the topology], in its order. */
  Parameter values();

  /** The bias [out], or null. */
  Parameter bias();

  /** Whether the output goes through a ReLU. */
  boolean relu();

  /**
   * Drops and grows weights in place: kept ones keep their values, grown ones begin at 0.
   *
   * @throws io.coppice.framework.recipe.RecipeException when the move is another topology's or the
   *     number of values changes
   */
  void move(Topology.Move move);

  /**
   * Takes the topology from the block's parameters, which have been written from a saved copy.
   *
   * @throws io.coppice.framework.recipe.RecipeException when they hold none
   */
  void reindex();

  /**
   * From now on every backward pass adds the loss's gradient in the whole of W, kept or not, to
   * {@code sum}, of W's shape; null ends it.
   */
  void addDenseGradientTo(NDArray sum);
}
