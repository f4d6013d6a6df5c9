package io.coppice.notebook.script;

/**
 * A thread that can be stopped in any loop of a script. An interruption asks politely, as
 * everywhere in Java; where a script does not listen, {@link #stopLoops} ends it at its next turn.
 */
public final class ScriptThread extends Thread {
  private volatile boolean stopping;

  public ScriptThread(Runnable work, String name) {
    super(work, name);
  }

  /** From now on loops of scripts end with {@link StoppedError}, until {@link #mayLoop}. */
  public void stopLoops() {
    stopping = true;
  }

  /** Loops of scripts run again, and no interruption is left over. */
  public void mayLoop() {
    stopping = false;
    interrupted();
  }

  /**
   * Called at every turn of a script's loop.
   *
   * @throws StoppedError when the current thread's loops are to end
   */
  public static void turn() {
    if (Thread.currentThread() instanceof ScriptThread thread && thread.stopping) {
      throw new StoppedError();
    }
  }

  /**
   * A loop of a script was stopped; an error, so that no {@code catch (Exception e)} resumes it.
   */
  public static final class StoppedError extends Error {
    StoppedError() {
      super("stopped");
    }
  }
}
