package io.coppice.framework.training;

import io.coppice.framework.data.DataSource;
import io.coppice.framework.method.Method;
import io.coppice.framework.network.Model;
import io.coppice.framework.recipe.CanonicalJson;

/** The immutable recipe of one run; its hash names the run's folder. */
public record Plan(
    DataSource data, Model model, TrainingRecipe training, Method method, long seed) {

  /** The canonical text of this plan. */
  public String json() {
    return CanonicalJson.of(this);
  }

  /** The name of this plan's run. */
  public String hash() {
    return CanonicalJson.hash(this);
  }
}
