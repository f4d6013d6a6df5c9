package io.coppice.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and SIGTERM, told to the working thread as an interruption: the process waits until its
 * work has stopped, so that a run is left whole. The JVM itself then ends with 128 plus the
 * signal's number.
 */
final class Interruption {
  private static final int PATIENCE_SECONDS = 60;

  private final Thread worker;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean requested;

  Interruption(Thread worker) {
    this.worker = worker;
  }

  /** From now on a signal interrupts the worker. */
  void watch() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "interruption"));
  }

  private void stop() {
    if (ended.getCount() == 0) {
      return;
    }
    requested = true;
    worker.interrupt();
    try {
      ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The worker has nothing more to save or to say. */
  void workEnded() {
    ended.countDown();
  }

  /** Whether a signal asked the work to stop. */
  boolean requested() {
    return requested;
  }
}
