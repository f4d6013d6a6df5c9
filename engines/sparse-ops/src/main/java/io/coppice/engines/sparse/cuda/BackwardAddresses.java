package io.coppice.engines.sparse.cuda;

import io.coppice.framework.ops.Backward;

/** Where in a device's memory a {@link Backward} reads and writes; 0 for what is absent. */
record BackwardAddresses(
    long values, long x, long y, long dy, int batch, long dx, long dvalues, long dbias) {

  static BackwardAddresses of(Backward call) {
    return new BackwardAddresses(
        call.values().address(),
        call.x().address(),
        call.y().address(),
        call.dy().address(),
        call.batch(),
        call.dx().address(),
        call.dvalues().count() > 0 ? call.dvalues().address() : 0,
        call.dbias().address());
  }
}
