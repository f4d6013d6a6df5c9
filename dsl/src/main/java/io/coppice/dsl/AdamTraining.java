package io.coppice.dsl;

import io.coppice.framework.optimize.Adam;
import io.coppice.framework.optimize.Optimizer;

/** Training by Adam or AdamW. */
public final class AdamTraining extends TrainingWords<AdamTraining> {
  private final Adam adam;

  AdamTraining(Adam adam, Common common) {
    super(common);
    this.adam = adam;
  }

  /** The decay rates of the gradient's mean and of its square's. */
  public AdamTraining betas(double beta1, double beta2) {
    return new AdamTraining(
        new Adam(
            adam.learningRate(),
            beta1,
            beta2,
            adam.epsilon(),
            adam.weightDecay(),
            adam.decoupled()),
        common);
  }

  /** The pull towards 0: added to the gradient by Adam, beside the step by AdamW. */
  public AdamTraining weightDecay(double decay) {
    return new AdamTraining(
        new Adam(
            adam.learningRate(),
            adam.beta1(),
            adam.beta2(),
            adam.epsilon(),
            decay,
            adam.decoupled()),
        common);
  }

  @Override
  AdamTraining with(Common changed) {
    return new AdamTraining(adam, changed);
  }

  @Override
  Optimizer optimizer() {
    return adam;
  }
}
