package io.coppice.engines.sparse;

import io.coppice.framework.ops.Backward;
import io.coppice.framework.ops.Forward;
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
  abstract int forward(long handle, Forward call);

  /** Calls the library; gives 0, or another number where there was no memory. */
  abstract int backward(long handle, Backward call);

  @Override
  public final Topology topology() {
    return topology;
  }

  @Override
  public final void forward(Forward call) {
    arguments.require(call);
    requireOpen();
    int status = forward(handle, call);
    keep(call);
    requireMemory(status);
  }

  @Override
  public final void backward(Backward call) {
    arguments.require(call);
    requireOpen();
    int status = backward(handle, call);
    keep(call);
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
  private void keep(Record call) {
    Reference.reachabilityFence(this);
    Reference.reachabilityFence(call);
  }

  @Override
  public final void close() {
    closed = true;
    memory.clean();
  }
}
