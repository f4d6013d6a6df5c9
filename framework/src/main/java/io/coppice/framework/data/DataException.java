package io.coppice.framework.data;

import io.coppice.framework.recipe.Explained;

/** Data that are absent, damaged or not to be had: one line that names the file and the remedy. */
public final class DataException extends RuntimeException implements Explained {

  public DataException(String message) {
    super(message);
  }

  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
