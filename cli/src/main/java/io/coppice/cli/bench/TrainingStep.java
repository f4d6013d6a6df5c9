package io.coppice.cli.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.coppice.framework.autograd.Autograd;
import io.coppice.framework.execution.Pass;
import io.coppice.framework.network.Model;
import io.coppice.framework.network.Network;
import io.coppice.framework.optimize.Sgd;
import io.coppice.framework.optimize.Updates;
import io.coppice.framework.training.Loss;

/**
 * A step of training as the training loop takes it: forward, cross-entropy, backward and SGD with
 * momentum, always on the same noise.
 */
final class TrainingStep implements Pass {
  private static final Sgd RULE = new Sgd(0.001, 0.9, false, 0);
  private static final long SEED = 1;

  private final Autograd autograd = Autograd.find();
  private final NDManager manager = NDManager.newBaseManager();
  private final Network network;
  private final Updates updates;
  private final NDArray features;
  private final NDArray targets;
  private double loss;

  TrainingStep(Model model, int inputs, int classes, int batch) {
    network = Network.initialise(model, new Shape(inputs), classes, SEED, manager);
    updates = new Updates(RULE, network.trainable(), manager);
    features = manager.randomNormal(new Shape(batch, inputs));
    targets = manager.arange(batch).mod(classes).oneHot(classes);
  }

  @Override
  public void run() {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      try (GradientCollector collector = autograd.gradientCollector()) {
        NDArray error = Loss.crossEntropy(network.forward(features, true), targets);
        loss = error.getFloat();
        collector.backward(error);
      }
      updates.step(RULE.learningRate());
    }
  }

  /** The loss of the last step, before its update. */
  double loss() {
    return loss;
  }

  @Override
  public void close() {
    updates.close();
    network.block().clear();
    manager.close();
  }
}
