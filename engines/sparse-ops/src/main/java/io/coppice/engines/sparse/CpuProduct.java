package io.coppice.engines.sparse;

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
  int forward(long handle, long values, long x, int batch, long bias, int relu, long y) {
    return SparseLibrary.coppice_product_forward(handle, values, x, batch, bias, relu, y);
  }

  @Override
  int backward(
      long handle,
      long values,
      long x,
      long y,
      long dy,
      int batch,
      long dx,
      long dvalues,
      long dbias) {
    return SparseLibrary.coppice_product_backward(
        handle, values, x, y, dy, batch, dx, dvalues, dbias);
  }
}
