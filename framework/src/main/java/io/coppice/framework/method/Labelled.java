package io.coppice.framework.method;

import io.coppice.framework.network.Network;
import io.coppice.framework.recipe.Require;

/** A method under a name of the user's own, such as one that tells two schedules apart. */
public record Labelled(String label, Method method) implements Method {
  public Labelled {
    Require.that(label != null && !label.isBlank(), "label", label, "a few words for the table");
  }

  @Override
  public String name() {
    return label;
  }

  @Override
  public Sparsifier bind(Network network, RunContext context) {
    return method.bind(network, context);
  }
}
