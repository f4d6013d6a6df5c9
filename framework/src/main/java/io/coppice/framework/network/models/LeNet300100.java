package io.coppice.framework.network.models;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import io.coppice.framework.network.Initialization;
import io.coppice.framework.network.Model;
import java.util.List;

/**
 * LeNet-300-100: two hidden layers of 300 and 100 ReLU neurons (LeCun et al. 1998, section III.C);
 * on MNIST 784·300 + 300·100 + 100·10 = 266,200 weights.
 *
 * @param dropout the share of hidden activations set to 0 in training
 */
public record LeNet300100(boolean biases, double dropout, Initialization initialization)
    implements Model {
  public LeNet300100 {
    mlp(biases, dropout, initialization);
  }

  /** With biases, without dropout, Kaiming normal. */
  public LeNet300100() {
    this(true, 0, Initialization.KAIMING_NORMAL);
  }

  public LeNet300100 biases(boolean biases) {
    return new LeNet300100(biases, dropout, initialization);
  }

  public LeNet300100 dropout(double dropout) {
    return new LeNet300100(biases, dropout, initialization);
  }

  public LeNet300100 initialization(Initialization initialization) {
    return new LeNet300100(biases, dropout, initialization);
  }

  @Override
  public String name() {
    return "LeNet-300-100";
  }

  @Override
  public Block block(Shape sample, int classes) {
    return mlp(biases, dropout, initialization).block(sample, classes);
  }

  private static Mlp mlp(boolean biases, double dropout, Initialization initialization) {
    return new Mlp("LeNet-300-100", List.of(300, 100), biases, dropout, initialization);
  }
}
