package io.coppice.engines.sparse;

import io.coppice.framework.ops.Floats;
import io.coppice.framework.ops.ProductArguments;
import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.ops.Topology;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.function.LongConsumer;
import java.util.function.LongToIntFunction;

/** What products and convolutions share: an index and scratch memory in the native library. */
abstract class NativeProduct implements SparseOps.Product {
  private static final Cleaner CLEANER = Cleaner.create();

  private Topology topology;
  private ProductArguments arguments;
  private final long handle;
  private final Cleaner.Cleanable memory;
  private boolean closed;

  /**
   * @param handle what the library created, or 0 where there was no memory
   * @param destroy frees the handle
   */
  NativeProduct(Topology topology, ProductArguments arguments, long handle, LongConsumer destroy) {
    if (handle == 0) {
      throw new OutOfMemoryError("no native memory for the index of " + topology);
    }
    this.topology = topology;
    this.arguments = arguments;
    this.handle = handle;
    memory = CLEANER.register(this, () -> destroy.accept(handle));
  }

  /** Calls the library; gives 0, or another number where there was no memory. */
  abstract int forward(long handle, long values, long x, int batch, long bias, int relu, long y);

  /** Calls the library; gives 0, or another number where there was no memory. */
  abstract int backward(
      long handle,
      long values,
      long x,
      long y,
      long dy,
      int batch,
      long dx,
      long dvalues,
      long dbias);

  @Override
  public final Topology topology() {
    return topology;
  }

  @Override
  public final void forward(
      Floats values, Floats x, int batch, Floats bias, boolean relu, Floats y) {
    arguments.requireForward(values, x, batch, bias, y);
    requireOpen();
    int status =
        forward(
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
  public final void backward(
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
        backward(
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

  /**
   * Goes over to another topology of the same layout, rows and columns.
   *
   * @param call calls the library with the handle; gives 0, or another number where there was no
   *     memory, which closes this product
   */
  final void follow(Topology to, ProductArguments lengths, LongToIntFunction call) {
    requireOpen();
    requireSameMatrix(to);
    int status = call.applyAsInt(handle);
    Reference.reachabilityFence(this);
    if (status != 0) {
      close();
    }
    requireMemory(status);
    topology = to;
    arguments = lengths;
  }

  private void requireSameMatrix(Topology to) {
    boolean same =
        to.layout().equals(topology.layout())
            && to.rows() == topology.rows()
            && to.columns() == topology.columns();
    if (!same) {
      throw new IllegalArgumentException("to is " + to + "; allowed: a move of " + topology);
    }
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
  public final void close() {
    closed = true;
    memory.clean();
  }
}
