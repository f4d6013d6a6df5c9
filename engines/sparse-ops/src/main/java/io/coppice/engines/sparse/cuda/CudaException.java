package io.coppice.engines.sparse.cuda;

import io.coppice.framework.recipe.Explained;

/** CUDA refused or failed; the message is one sentence that says what and why. */
public final class CudaException extends RuntimeException implements Explained {

  CudaException(String sentence) {
    super(sentence);
  }
}
