package io.coppice.framework.network.models;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import io.coppice.framework.network.Initialization;
import io.coppice.framework.network.Model;
import io.coppice.framework.recipe.Require;

/**
 * The recurrent network of MNIST-1D (Greydanus and Kobak 2024): a bidirectional GRU that reads one
 * value per time step, and a linear layer over the states of all time steps; 5,134 parameters at 6
 * units. The default initialisation is Glorot's, which suits the GRU's tanh and sigmoid.
 *
 * @param units the state's size in each direction
 */
public record Mnist1dGru(int units, Initialization initialization) implements Model {
  public Mnist1dGru {
    Require.atLeast("units", units, 1);
  }

  /** The paper's 6 units, Xavier uniform. */
  public Mnist1dGru() {
    this(6, Initialization.XAVIER_UNIFORM);
  }

  public Mnist1dGru initialization(Initialization initialization) {
    return new Mnist1dGru(units, initialization);
  }

  @Override
  public String name() {
    return "MNIST-1D GRU";
  }

  @Override
  public Block block(Shape sample, int classes) {
    return new SequentialBlock()
        .add(Reshape.to(new Shape(sample.size(), 1)))
        .add(new BidirectionalGru(units))
        .add(Blocks.batchFlattenBlock())
        .add(Linear.builder().setUnits(classes).build());
  }
}
