package io.coppice.framework.sparsity;

import ai.djl.ndarray.NDArray;
import io.coppice.framework.recipe.Code;
import io.coppice.framework.recipe.Require;
import java.util.Locale;

/**
 * Scores weights: the higher, the more a weight deserves to stay. A recipe is a record; a lambda
 * becomes one by {@link #named}.
 */
@FunctionalInterface
public interface Saliency {

  /**
   * The scores of a layer's weights. Noise comes from the engine's random source, which the loop
   * seeds.
   *
   * @param weight W, [out, in] or [out, in, kernel...]
   * @param gradient the loss's gradient in W, same shape
   * @return the scores, same shape
   */
  NDArray score(NDArray weight, NDArray gradient);

  /** The saliency's name in tables. */
  default String name() {
    return getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  /**
   * A saliency from a line of code; the name stands for the code in a plan, so another code needs
   * another name.
   *
   * @throws io.coppice.framework.recipe.RecipeException when the name is blank
   */
  static Saliency named(String name, Saliency code) {
    return new Named(name, code);
  }

  /** Code beside the name that stands for it. */
  record Named(String name, @Code Saliency code) implements Saliency {
    public Named {
      Require.that(name != null && !name.isBlank(), "name", name, "a word for the table");
    }

    @Override
    public NDArray score(NDArray weight, NDArray gradient) {
      return code.score(weight, gradient);
    }
  }
}
