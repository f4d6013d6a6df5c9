package io.coppice.framework.network.models;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import io.coppice.framework.network.Initialization;
import io.coppice.framework.network.Model;
import io.coppice.framework.recipe.Require;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Fully connected layers with ReLU between them; the last maps to the classes.
 *
 * @param hidden the hidden layers' widths; none makes a linear classifier
 * @param dropout the share of hidden activations set to 0 in training
 */
public record Mlp(
    String name,
    List<Integer> hidden,
    boolean biases,
    double dropout,
    Initialization initialization)
    implements Model {
  public Mlp {
    hidden = List.copyOf(hidden);
    hidden.forEach(width -> Require.atLeast("width", width, 1));
    Require.within("dropout", dropout, 0, 1);
  }

  /** Hidden layers of these widths with biases, without dropout, Kaiming normal. */
  public static Mlp of(int... hidden) {
    List<Integer> widths = Arrays.stream(hidden).boxed().toList();
    String name = widths.stream().map(width -> "-" + width).collect(Collectors.joining());
    return new Mlp("MLP" + name, widths, true, 0, Initialization.KAIMING_NORMAL);
  }

  public Mlp biases(boolean biases) {
    return new Mlp(name, hidden, biases, dropout, initialization);
  }

  public Mlp dropout(double dropout) {
    return new Mlp(name, hidden, biases, dropout, initialization);
  }

  public Mlp initialization(Initialization initialization) {
    return new Mlp(name, hidden, biases, dropout, initialization);
  }

  @Override
  public Block block(Shape sample, int classes) {
    SequentialBlock block = new SequentialBlock();
    if (sample.dimension() != 1) {
      block.add(Blocks.batchFlattenBlock(sample.size()));
    }
    for (int width : hidden) {
      block.add(linear(width)).add(Activation.reluBlock());
      if (dropout > 0) {
        block.add(Dropout.builder().optRate((float) dropout).build());
      }
    }
    return block.add(linear(classes));
  }

  private Block linear(int units) {
    return Linear.builder().setUnits(units).optBias(biases).build();
  }
}
