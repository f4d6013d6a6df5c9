package io.coppice.dsl;

import io.coppice.framework.optimize.Optimizer;
import io.coppice.framework.optimize.Sgd;

/** Training by stochastic gradient descent. */
public final class SgdTraining extends TrainingWords<SgdTraining> {
  private final Sgd sgd;

  SgdTraining(Sgd sgd, Common common) {
    super(common);
    this.sgd = sgd;
  }

  /** The share of the last step's velocity that the next one keeps. */
  public SgdTraining momentum(double momentum) {
    return new SgdTraining(
        new Sgd(sgd.learningRate(), momentum, sgd.nesterov(), sgd.weightDecay()), common);
  }

  /** Nesterov's look-ahead; needs a momentum. */
  public SgdTraining nesterov() {
    return new SgdTraining(
        new Sgd(sgd.learningRate(), sgd.momentum(), true, sgd.weightDecay()), common);
  }

  /** L2 pull towards 0, added to the gradient. */
  public SgdTraining weightDecay(double decay) {
    return new SgdTraining(
        new Sgd(sgd.learningRate(), sgd.momentum(), sgd.nesterov(), decay), common);
  }

  @Override
  SgdTraining with(Common changed) {
    return new SgdTraining(sgd, changed);
  }

  @Override
  Optimizer optimizer() {
    return sgd;
  }
}
