package io.coppice.framework.method;

import io.coppice.framework.network.Network;

/**
 * A row of the catalogue: pure data, hashed into the run's name. Open, so that a notebook cell can
 * define one as a record.
 */
public interface Method {

  /** The method's name in tables, with what tells it from its siblings. */
  String name();

  /**
   * The state of one run of this method.
   *
   * @throws io.coppice.framework.recipe.RecipeException when the method does not fit the network
   */
  Sparsifier bind(Network network, RunContext context);

  /** The same method under a name of the user's own. */
  default Method named(String label) {
    return new Labelled(label, this);
  }
}
