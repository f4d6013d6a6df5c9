package io.coppice.framework.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.coppice.framework.data.TensorExamples;
import io.coppice.framework.network.EffectiveWeights;
import io.coppice.framework.network.Network;
import io.coppice.framework.recipe.StoppedException;

/**
 * How a network does on a part of a data set.
 *
 * @param accuracy the fraction of examples whose largest logit is their label's, the first of
 *     equals
 * @param top5Accuracy the fraction whose label's logit is among the five largest
 * @param loss mean cross-entropy in nats
 */
public record Evaluation(double accuracy, double top5Accuracy, double loss) {
  private static final int BATCH = 1000;

  /**
   * Runs the part through the network.
   *
   * @throws StoppedException within 1000 examples of the thread's interrupt
   */
  public static Evaluation of(Network network, EffectiveWeights weights, TensorExamples part) {
    int first = 0;
    int amongFive = 0;
    double loss = 0;
    int[] labels = part.labels();
    for (int from = 0; from < part.count(); from += BATCH) {
      StoppedException.check("evaluating");
      int to = Math.min(from + BATCH, part.count());
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        NDArray logits = network.forward(part.slice(from, to), false, weights);
        float[] logProbabilities = logits.logSoftmax(-1).toFloatArray();
        int classes = logProbabilities.length / (to - from);
        for (int row = 0; row < to - from; row++) {
          int label = labels[from + row];
          int rank = rank(logProbabilities, row * classes, classes, label);
          first += rank == 0 ? 1 : 0;
          amongFive += rank < 5 ? 1 : 0;
          loss -= logProbabilities[row * classes + label];
        }
      }
    }
    double count = part.count();
    return new Evaluation(first / count, amongFive / count, loss / count);
  }

  /** How many classes come before this one, the first of equals first; all for NaN. */
  private static int rank(float[] logProbabilities, int start, int classes, int label) {
    int before = 0;
    for (int c = 0; c < classes; c++) {
      float difference = logProbabilities[start + c] - logProbabilities[start + label];
      before += difference < 0 || difference == 0 && c >= label ? 0 : 1;
    }
    return before;
  }
}
