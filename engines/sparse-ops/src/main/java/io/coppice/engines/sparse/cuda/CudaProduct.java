package io.coppice.engines.sparse.cuda;

import io.coppice.framework.ops.Backward;
import io.coppice.framework.ops.Forward;
import io.coppice.framework.ops.Precision;
import io.coppice.framework.ops.ProductArguments;
import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.ops.Topology;
import java.lang.ref.Reference;

/** A product whose index and scratch memory lie on a device; it only launches, on one stream. */
final class CudaProduct implements SparseOps.Product {
  private final Topology topology;
  private final ProductArguments lengths;
  private final KernelDevice device;
  private final DeviceProduct product;
  private boolean closed;

  CudaProduct(KernelDevice device, Topology topology, Precision precision) {
    this.topology = topology;
    this.device = device;
    lengths = ProductArguments.of(topology).on(device.device());
    product =
        precision == Precision.FLOAT32
            ? new TiledProduct(device, topology, precision)
            : RoundedProduct.of(device, topology);
  }

  @Override
  public Topology topology() {
    return topology;
  }

  @Override
  public synchronized void forward(Forward call) {
    lengths.require(call);
    requireOpen();
    device.inContext(() -> product.forward(ForwardAddresses.of(call)));
    keep(call);
  }

  @Override
  public synchronized void backward(Backward call) {
    lengths.require(call);
    requireOpen();
    device.inContext(() -> product.backward(BackwardAddresses.of(call)));
    keep(call);
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the product of " + topology + " is closed");
    }
  }

  // Neither this product nor the memory of its arguments may be freed before all is launched;
  // freeing waits for what was.
  private void keep(Record call) {
    Reference.reachabilityFence(this);
    Reference.reachabilityFence(call);
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      product.close();
    }
  }
}
