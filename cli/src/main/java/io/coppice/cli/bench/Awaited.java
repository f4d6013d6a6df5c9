package io.coppice.cli.bench;

import io.coppice.framework.execution.Pass;
import io.coppice.framework.ops.FloatMemory;

/** A pass and the wait for the device that does it. */
record Awaited(Pass pass, FloatMemory memory) implements Pass {

  @Override
  public void run() {
    pass.run();
    memory.await();
  }

  @Override
  public void close() {
    pass.close();
  }
}
