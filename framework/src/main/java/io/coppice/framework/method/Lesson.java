package io.coppice.framework.method;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.coppice.framework.data.TensorExamples;
import io.coppice.framework.network.EffectiveWeights;
import io.coppice.framework.network.Network;
import io.coppice.framework.recipe.Require;

/**
 * What a network that has been trained tells the next one: its class probabilities of the training
 * part, softened, are mixed into the targets, (1 − share) · target + share · softmax(logits /
 * temperature). Hinton, Vinyals and Dean 2015, but that the learner's logits are not softened.
 */
public record Lesson(double temperature, double share) {
  private static final int BATCH = 1000;

  public Lesson {
    Require.positive("temperature", temperature);
    Require.that(share > 0 && share <= 1, "share", share, "above 0 and at most 1");
  }

  /**
   * Writes the network's softened probabilities of all examples, without dropout, into an array.
   *
   * @param probabilities [examples, classes]
   */
  void write(
      Network network, EffectiveWeights weights, TensorExamples examples, NDArray probabilities) {
    int classes = (int) probabilities.getShape().get(1);
    float[] all = new float[examples.count() * classes];
    for (int from = 0; from < examples.count(); from += BATCH) {
      int to = Math.min(from + BATCH, examples.count());
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        NDArray logits = network.forward(examples.slice(from, to), false, weights);
        float[] part = logits.div(temperature).softmax(-1).toFloatArray();
        System.arraycopy(part, 0, all, from * classes, part.length);
      }
    }
    try (NDManager manager = probabilities.getManager().newSubManager()) {
      manager.create(all, new Shape(examples.count(), classes)).copyTo(probabilities);
    }
  }
}
