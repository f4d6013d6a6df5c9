package io.coppice.framework.ops;

import io.coppice.framework.recipe.Explained;

/** Nothing serves a device; the message is one sentence that says what is missing. */
public final class MissingOpsException extends IllegalStateException implements Explained {

  public MissingOpsException(String sentence) {
    super(sentence);
  }
}
