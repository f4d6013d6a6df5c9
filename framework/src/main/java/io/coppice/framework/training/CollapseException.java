package io.coppice.framework.training;

import io.coppice.framework.recipe.Explained;

/** A run that cannot go on: its loss is not a number, or a whole layer is dead. */
public final class CollapseException extends RuntimeException implements Explained {

  public CollapseException(String reason) {
    super(reason);
  }
}
