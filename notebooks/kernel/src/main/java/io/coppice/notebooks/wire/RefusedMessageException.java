package io.coppice.notebooks.wire;

/** A message that is not what the protocol or its signature promise. */
final class RefusedMessageException extends Exception {
  RefusedMessageException(String reason) {
    super(reason);
  }

  RefusedMessageException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
