package io.coppice.framework.method.pruning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.coppice.framework.network.Layer;
import io.coppice.framework.recipe.Require;
import io.coppice.framework.sparsity.Saliency;
import java.util.Optional;

/** Scores weights and remembers when a score was not a number. */
public final class Scores {
  private String flaw;

  /**
   * The scores in row-major order, −∞ for those that are not numbers.
   *
   * @param weight the layer's W or some of its values
   * @param gradient of the same shape
   */
  public float[] of(Saliency saliency, Layer layer, NDArray weight, NDArray gradient) {
    float[] scores;
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray scored = saliency.score(weight, gradient);
      Require.that(
          scored.getShape().equals(weight.getShape()),
          "shape of the scores of " + saliency.name(),
          scored.getShape(),
          "the shape of " + layer.name() + ", " + weight.getShape());
      scores = scored.toFloatArray();
    }
    for (int i = 0; i < scores.length; i++) {
      if (Float.isNaN(scores[i])) {
        flaw = saliency.name() + " gives scores in " + layer.name() + " that are not numbers";
        scores[i] = Float.NEGATIVE_INFINITY;
      }
    }
    return scores;
  }

  /** Why the run cannot go on, or empty. */
  public Optional<String> flaw() {
    return Optional.ofNullable(flaw);
  }
}
