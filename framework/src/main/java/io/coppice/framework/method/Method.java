package io.coppice.framework.method;

import io.coppice.framework.display.Displayable;
import io.coppice.framework.network.Network;

/**
 * A row of the catalogue: pure data, hashed into the run's name. Open, so that a notebook cell can
 * define one as a record.
 */
public interface Method extends Displayable {

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

  /** The method as a card: every part of its recipe. */
  @Override
  default String toText(int width) {
    return new MethodCard(this).toText(width);
  }

  @Override
  default String toHtml() {
    return new MethodCard(this).toHtml();
  }
}
