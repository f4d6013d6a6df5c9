package io.coppice.engines.sparse;

import io.coppice.framework.ops.Floats;
import io.coppice.framework.ops.ProductArguments;
import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.ops.Topology;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;

/** A product whose index and scratch memory live in the native library. */
final class CpuProduct implements SparseOps.Product {
  private static final Cleaner CLEANER = Cleaner.create();

  private final Topology topology;
  private final ProductArguments arguments;
  private final long handle;
  private final Cleaner.Cleanable memory;
  private boolean closed;

  CpuProduct(Isa isa, Topology topology) {
    this.topology = topology;
    arguments = ProductArguments.of(topology);
    long created =
        SparseLibrary.coppice_product_create(
            isa.number(),
            topology.rows(),
            topology.columns(),
            topology.layout().blockRows(),
            topology.layout().blockColumns(),
            topology.starts(),
            topology.indices());
    if (created == 0) {
      throw new OutOfMemoryError("no native memory for the index of " + topology);
    }
    handle = created;
    memory = CLEANER.register(this, () -> SparseLibrary.coppice_product_destroy(created));
  }

  @Override
  public Topology topology() {
    return topology;
  }

  @Override
  public void forward(Floats values, Floats x, int batch, Floats bias, boolean relu, Floats y) {
    arguments.requireForward(values, x, batch, bias, y);
    requireOpen();
    int status =
        SparseLibrary.coppice_product_forward(
            handle,
            values.address(),
            x.address(),
            batch,
            bias.address(),
            relu ? 1 : 0,
            y.address());
    keep(values, x, bias, y);
    requireMemory(status);
  }

  @Override
  public void backward(
      Floats values,
      Floats x,
      Floats y,
      Floats dy,
      int batch,
      Floats dx,
      Floats dvalues,
      Floats dbias) {
    arguments.requireBackward(values, x, y, dy, batch, dx, dvalues, dbias);
    requireOpen();
    int status =
        SparseLibrary.coppice_product_backward(
            handle,
            values.address(),
            x.address(),
            y.address(),
            dy.address(),
            batch,
            dx.address(),
            dvalues.address(),
            dbias.address());
    keep(values, x, y, dy, dx, dvalues, dbias);
    requireMemory(status);
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the product of " + topology + " is closed");
    }
  }

  private void requireMemory(int status) {
    if (status != 0) {
      throw new OutOfMemoryError("no native memory for a product of " + topology);
    }
  }

  // Neither this product nor the memory of its arguments may be freed while native code runs.
  private void keep(Floats... used) {
    Reference.reachabilityFence(this);
    Reference.reachabilityFence(used);
  }

  @Override
  public void close() {
    closed = true;
    memory.clean();
  }
}
