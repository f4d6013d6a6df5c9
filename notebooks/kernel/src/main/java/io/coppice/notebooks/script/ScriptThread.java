package io.coppice.notebooks.script;

/**
 * A thread that runs scripts and can be told to stop. An interruption reaches only the script's own
 * code, never the compiler, whose open files it would close. Where a script does not listen, {@link
 * #stopLoops} ends it at the next turn of a loop.
 */
public final class ScriptThread extends Thread {
  private int depth;
  private boolean asked;
  private volatile boolean stopping;

  public ScriptThread(Runnable work, String name) {
    super(work, name);
  }

  /** Interrupts the script that runs, or ends it before its next snippet. */
  public synchronized void ask() {
    asked = true;
    if (depth > 0) {
      interrupt();
    }
  }

  /** Whether the script has been asked to stop. */
  public synchronized boolean asked() {
    return asked;
  }

  /** From now on loops of scripts end with {@link StoppedError}. */
  public void stopLoops() {
    stopping = true;
  }

  /** Scripts run again, and no interruption is left over; called by the thread itself. */
  public synchronized void reset() {
    asked = false;
    stopping = false;
    interrupted();
  }

  private synchronized void begin() {
    if (asked) {
      throw new StoppedError();
    }
    depth++;
  }

  private synchronized void end() {
    depth--;
    if (depth == 0) {
      interrupted();
    }
  }

  /**
   * A snippet's code begins on the current thread.
   *
   * @throws StoppedError when the thread has been asked to stop
   */
  static void enter() {
    if (Thread.currentThread() instanceof ScriptThread thread) {
      thread.begin();
    }
  }

  /** The code that was entered last has ended. */
  static void leave() {
    if (Thread.currentThread() instanceof ScriptThread thread) {
      thread.end();
    }
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

  /** A script was stopped; an error, so that no {@code catch (Exception e)} resumes it. */
  public static final class StoppedError extends Error {
    StoppedError() {
      super("stopped");
    }
  }
}
