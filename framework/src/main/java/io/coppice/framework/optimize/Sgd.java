package io.coppice.framework.optimize;

import ai.djl.ndarray.NDArray;
import io.coppice.framework.recipe.Require;
import java.util.List;

/**
 * Stochastic gradient descent: v ← μv + g + ηw, w ← w − lr·v (with Nesterov w ← w − lr·(g + ηw +
 * μv)); η is the weight decay.
 */
public record Sgd(double learningRate, double momentum, boolean nesterov, double weightDecay)
    implements Optimizer {
  public Sgd {
    Require.positive("learningRate", learningRate);
    Require.within("momentum", momentum, 0, 1);
    Require.notNegative("weightDecay", weightDecay);
    Require.that(!nesterov || momentum > 0, "nesterov", true, "only with a momentum above 0");
  }

  @Override
  public int memories() {
    return momentum > 0 ? 1 : 0;
  }

  @Override
  public void update(
      NDArray parameter, NDArray gradient, List<NDArray> memories, double learningRate, long step) {
    if (weightDecay > 0) {
      gradient.addi(parameter.mul(weightDecay));
    }
    if (momentum > 0) {
      NDArray velocity = memories.get(0);
      velocity.muli(momentum).addi(gradient);
      if (nesterov) {
        gradient.addi(velocity.mul(momentum)).muli(learningRate);
        parameter.subi(gradient);
      } else {
        parameter.subi(velocity.mul(learningRate));
      }
    } else {
      parameter.subi(gradient.muli(learningRate));
    }
    gradient.muli(0);
  }
}
