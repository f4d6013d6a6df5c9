package io.coppice.cli.bench;

import io.coppice.framework.execution.Pass;

/** A pass whose memory belongs to someone else. */
record Timed(Runnable body) implements Pass {

  @Override
  public void run() {
    body.run();
  }

  @Override
  public void close() {}
}
