package io.coppice.framework.training;

/** A run that cannot go on: its loss is not a number, or a whole layer is dead. */
public final class CollapseException extends RuntimeException {

  public CollapseException(String reason) {
    super(reason);
  }
}
