package io.coppice.framework.ops;

/** Nothing serves a device; the message is one sentence that says what is missing. */
public final class MissingOpsException extends IllegalStateException {

  public MissingOpsException(String sentence) {
    super(sentence);
  }
}
