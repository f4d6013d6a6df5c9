package io.coppice.framework.data;

/** Data that are absent, damaged or not to be had: one line that names the file and the remedy. */
public final class DataException extends RuntimeException {

  public DataException(String message) {
    super(message);
  }

  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
