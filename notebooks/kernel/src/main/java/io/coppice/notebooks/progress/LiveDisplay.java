package io.coppice.notebooks.progress;

import io.coppice.notebooks.kernel.CoppiceKernel;
import java.time.Duration;

/**
 * One display of a cell that is drawn again and again: at most once in a pause, and away from the
 * thread that computes. What came last is always drawn.
 */
final class LiveDisplay {
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final CoppiceKernel kernel;
  private String name;
  private Object next;
  private boolean planned;
  private boolean closed;

  LiveDisplay(CoppiceKernel kernel) {
    this.kernel = kernel;
  }

  /** Shows this value soon, the first one now. */
  synchronized void show(Object value) {
    if (name == null) {
      name = kernel.display(value);
      plan(PAUSE);
    } else {
      next = value;
      if (!planned) {
        plan(Duration.ZERO);
      }
    }
  }

  private void plan(Duration wait) {
    planned = true;
    kernel.after(wait, this::turn);
  }

  private synchronized void turn() {
    planned = false;
    if (next != null && !closed) {
      draw();
      plan(PAUSE);
    }
  }

  private void draw() {
    kernel.updateDisplay(name, next);
    next = null;
  }

  /** Draws what is still to be drawn; nothing is shown from then on. */
  synchronized void close() {
    if (next != null && !closed) {
      draw();
    }
    closed = true;
  }
}
