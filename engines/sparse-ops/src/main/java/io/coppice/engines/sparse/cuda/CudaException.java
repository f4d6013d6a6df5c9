package io.coppice.engines.sparse.cuda;

/** CUDA refused or failed; the message is one sentence that says what and why. */
public final class CudaException extends RuntimeException {

  CudaException(String sentence) {
    super(sentence);
  }
}
