package io.coppice.engines.sparse;

import io.coppice.framework.recipe.RecipeException;

/** What a call of the native library gives back; see {@code cpu/abi/coppice_sparse.h}. */
final class Status {
  private static final int DONE = 0;
  private static final int NO_MEMORY = 1;
  private static final int TOO_LARGE = 2;
  private static final int REFUSED = 3;

  private Status() {}

  static boolean isDone(int status) {
    return status == DONE;
  }

  /**
   * Returns where the calling thread's last call was done.
   *
   * @param what was to be done, for the message
   * @throws RecipeException when its sizes are too large
   * @throws IllegalArgumentException when an argument is wrong
   * @throws OutOfMemoryError when there was no memory
   */
  static void require(int status, Object what) {
    if (status == DONE) {
      return;
    }
    String problem = "in native code, " + SparseLibrary.coppice_problem() + ": " + what;
    switch (status) {
      case NO_MEMORY -> throw new OutOfMemoryError("no native memory for " + what);
      case TOO_LARGE -> throw new RecipeException(problem);
      case REFUSED -> throw new IllegalArgumentException(problem);
      default -> throw new IllegalStateException(problem);
    }
  }
}
