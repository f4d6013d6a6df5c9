package io.coppice.notebooks.wire;

/** Threads that do not keep their process alive. */
public final class DaemonThread {
  private DaemonThread() {}

  /** A thread that has not been started. */
  public static Thread of(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }
}
