package io.coppice.notebooks.kernel;

import io.coppice.notebooks.script.ScriptThread;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The one thread that runs all cells of a kernel, one after the other, and can be interrupted. */
final class CellThread {
  private static final int PATIENCE_MILLIS = 1_000;

  private final LinkedBlockingQueue<Runnable> work = new LinkedBlockingQueue<>();
  private final ScriptThread thread = new ScriptThread(this::runAll, "cells");
  private final ScheduledExecutorService clock;
  private long cell;
  private boolean running;

  CellThread(ScheduledExecutorService clock) {
    this.clock = clock;
    thread.setDaemon(true);
    thread.start();
  }

  private void runAll() {
    try {
      while (true) {
        work.take().run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Runs what cells need, on their thread; it cannot be interrupted. */
  <T> CompletableFuture<T> prepare(Callable<T> task) {
    CompletableFuture<T> result = new CompletableFuture<>();
    work.add(() -> complete(result, task));
    return result;
  }

  /** Runs a cell on this thread. */
  <T> CompletableFuture<T> submit(Callable<T> cell) {
    return prepare(
        () -> {
          begin();
          try {
            return cell.call();
          } finally {
            end();
          }
        });
  }

  private static <T> void complete(CompletableFuture<T> result, Callable<T> task) {
    try {
      result.complete(task.call());
    } catch (Exception | Error e) {
      result.completeExceptionally(e);
    }
  }

  private synchronized void begin() {
    cell++;
    running = true;
    thread.reset();
  }

  private synchronized void end() {
    running = false;
    thread.reset();
  }

  /** Interrupts what is running; where that does not listen, its loops end a second later. */
  synchronized void interrupt() {
    if (running) {
      long asked = cell;
      thread.ask();
      clock.schedule(() -> stopLoops(asked), PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private synchronized void stopLoops(long asked) {
    if (running && cell == asked) {
      thread.stopLoops();
    }
  }

  /** Whether what is running has been interrupted. */
  boolean interrupted() {
    return thread.asked();
  }
}
