package io.coppice.engines.sparse;

import io.coppice.framework.ops.Backward;
import io.coppice.framework.ops.Forward;
import io.coppice.framework.ops.ProductArguments;
import io.coppice.framework.ops.Topology;

/** Products with a matrix by the native library. */
final class CpuProduct extends NativeProduct {

  CpuProduct(Isa isa, Topology topology) {
    super(
        topology,
        ProductArguments.of(topology),
        SparseLibrary.coppice_product_create(
            isa.number(),
            topology.rows(),
            topology.columns(),
            topology.layout().blockRows(),
            topology.layout().blockColumns(),
            topology.starts(),
            topology.indices()),
        SparseLibrary::coppice_product_destroy);
  }

  @Override
  public boolean move(Topology to) {
    follow(
        to,
        ProductArguments.of(to),
        handle -> SparseLibrary.coppice_product_move(handle, to.starts(), to.indices()));
    return true;
  }

  @Override
  public boolean adds() {
    return true;
  }

  @Override
  int forward(long handle, Forward call) {
    return SparseLibrary.coppice_product_forward(
        handle,
        call.values().address(),
        call.x().address(),
        call.batch(),
        call.bias().address(),
        call.relu() ? 1 : 0,
        call.y().address());
  }

  @Override
  int backward(long handle, Backward call) {
    return SparseLibrary.coppice_product_backward(
        handle,
        call.values().address(),
        call.x().address(),
        call.y().address(),
        call.dy().address(),
        call.batch(),
        call.dx().address(),
        call.dvalues().address(),
        call.dbias().address(),
        call.add() ? 1 : 0);
  }
}
