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

/**
 * What products and convolutions share: an index and scratch memory in the native library, at which
 * threads take turns.
 */
abstract class NativeProduct implements SparseOps.Product {
  private static final Cleaner CLEANER = Cleaner.create();

  private Topology topology;
  private ProductArguments arguments;
  private final long handle;
  private final Cleaner.Cleanable memory;
  private boolean closed;

  /** Creates a native object: gives the call's status and writes the handle. */
  @FunctionalInterface
  interface Creation {
    int into(long[] handle);
  }

  /**
   * @param destroy frees the handle
   * @throws io.coppice.framework.recipe.RecipeException when the topology is too large
   */
  NativeProduct(
      Topology topology, ProductArguments arguments, Creation creation, LongConsumer destroy) {
    long[] created = new long[1];
    Status.require(creation.into(created), topology);
    this.topology = topology;
    this.arguments = arguments;
    handle = created[0];
    memory = CLEANER.register(this, () -> destroy.accept(created[0]));
  }

  /** Calls the library; gives the status. */
  abstract int forward(long handle, Forward call);

  /** Calls the library; gives the status. */
  abstract int backward(long handle, Backward call);

  @Override
  public final synchronized Topology topology() {
    return topology;
  }

  @Override
  public final synchronized void forward(Forward call) {
    arguments.require(call);
    requireOpen();
    int status = forward(handle, call);
    keep(call);
    Status.require(status, topology);
  }

  @Override
  public final synchronized void backward(Backward call) {
    arguments.require(call);
    requireOpen();
    int status = backward(handle, call);
    keep(call);
    Status.require(status, topology);
  }

  /**
   * Goes over to another topology of the same layout, rows and columns.
   *
   * @param call calls the library with the handle and gives the status; where it is not done, this
   *     product closes
   */
  final synchronized void follow(Topology to, ProductArguments lengths, LongToIntFunction call) {
    requireOpen();
    requireSameMatrix(to);
    int status = call.applyAsInt(handle);
    Reference.reachabilityFence(this);
    if (!Status.isDone(status)) {
      close();
    }
    Status.require(status, to);
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

  // Neither this product nor the memory of its arguments may be freed while native code runs.
  private void keep(Record call) {
    Reference.reachabilityFence(this);
    Reference.reachabilityFence(call);
  }

  @Override
  public final synchronized void close() {
    closed = true;
    memory.clean();
  }
}
