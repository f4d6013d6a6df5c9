package io.coppice.engines.sparse.cuda;

import io.coppice.framework.ops.Forward;

/** Where in a device's memory a {@link Forward} reads and writes; 0 for what is absent. */
record ForwardAddresses(long values, long x, int batch, long bias, boolean relu, long y) {

  static ForwardAddresses of(Forward call) {
    return new ForwardAddresses(
        call.values().address(),
        call.x().address(),
        call.batch(),
        call.bias().address(),
        call.relu(),
        call.y().address());
  }
}
