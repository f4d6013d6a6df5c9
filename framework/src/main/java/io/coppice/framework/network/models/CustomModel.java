package io.coppice.framework.network.models;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import io.coppice.framework.network.Initialization;
import io.coppice.framework.network.Model;
import io.coppice.framework.recipe.Code;
import io.coppice.framework.recipe.Require;
import java.util.function.Supplier;

/**
 * Any DJL block from [batch, sample...] to [batch, classes].
 *
 * @param name stands for the code in a run's hash: another architecture needs another name
 * @param code makes a fresh block at every call; weights that it has already set stay as they are
 */
public record CustomModel(String name, @Code Supplier<Block> code, Initialization initialization)
    implements Model {
  public CustomModel {
    Require.that(!name.isBlank(), "the model's name", "'" + name + "'", "a text that names it");
  }

  /** Kaiming normal. */
  public CustomModel(String name, Supplier<Block> code) {
    this(name, code, Initialization.KAIMING_NORMAL);
  }

  public CustomModel initialization(Initialization initialization) {
    return new CustomModel(name, code, initialization);
  }

  @Override
  public Block block(Shape sample, int classes) {
    return code.get();
  }
}
