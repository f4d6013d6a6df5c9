package io.coppice.framework.recipe;

/** The user stopped what was running; the thread is still marked as interrupted. */
public class StoppedException extends RuntimeException implements Explained {

  public StoppedException(String message) {
    super(message);
  }

  /**
   * Goes on unless the current thread is interrupted.
   *
   * @param doing what is stopped, such as "evaluating"
   * @throws StoppedException when it is
   */
  public static void check(String doing) {
    if (Thread.currentThread().isInterrupted()) {
      throw new StoppedException("interrupted while " + doing + "; running it again resumes there");
    }
  }
}
