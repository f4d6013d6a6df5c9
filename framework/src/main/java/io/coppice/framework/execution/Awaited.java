package io.coppice.framework.execution;

import io.coppice.framework.ops.FloatMemory;
import io.coppice.framework.ops.SparseOps;

/** A pass and the wait for the device that does it. */
public record Awaited(Pass pass, FloatMemory memory) implements Pass {

  /** A GPU is given its work at once and does it by and by: a pass ends when it is done. */
  public static Pass on(SparseOps ops, Pass pass) {
    return ops.device().isGpu() ? new Awaited(pass, ops.memory()) : pass;
  }

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
