package io.coppice.framework.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.coppice.framework.data.TensorExamples;
import io.coppice.framework.network.EffectiveWeights;
import io.coppice.framework.network.Network;

/**
 * How a network does on a part of a data set.
 *
 * @param accuracy the fraction of examples whose largest logit is their label's, the first of
 *     equals
 * @param loss mean cross-entropy in nats
 */
public record Evaluation(double accuracy, double loss) {
  private static final int BATCH = 1000;

  public static Evaluation of(Network network, EffectiveWeights weights, TensorExamples part) {
    int right = 0;
    double loss = 0;
    int[] labels = part.labels();
    for (int from = 0; from < part.count(); from += BATCH) {
      int to = Math.min(from + BATCH, part.count());
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        NDArray logits = network.forward(part.slice(from, to), false, weights);
        float[] logProbabilities = logits.logSoftmax(-1).toFloatArray();
        int classes = logProbabilities.length / (to - from);
        for (int row = 0; row < to - from; row++) {
          int best = 0;
          for (int c = 1; c < classes; c++) {
            if (logProbabilities[row * classes + c] > logProbabilities[row * classes + best]) {
              best = c;
            }
          }
          int label = labels[from + row];
          right += best == label ? 1 : 0;
          loss -= logProbabilities[row * classes + label];
        }
      }
    }
    return new Evaluation((double) right / part.count(), loss / part.count());
  }
}
