package io.coppice.engines.sparse.cuda;

import io.coppice.framework.ops.Precision;
import io.coppice.framework.ops.Topology;

/** The transpose of a matrix on a device; its index is made when first needed. */
final class TurnedMatrix implements AutoCloseable {
  private final KernelDevice device;
  private final Topology topology;
  private final Precision precision;
  private final Workspace values;
  private DeviceIndex index;

  TurnedMatrix(KernelDevice device, Topology topology, Precision precision) {
    this.device = device;
    this.topology = topology;
    this.precision = precision;
    values = new Workspace(device);
  }

  DeviceIndex index() {
    if (index == null) {
      index = DeviceIndex.transposed(device, topology, precision);
    }
    return index;
  }

  /**
   * The matrix's values in the transpose's order.
   *
   * @return their address, up to the next call
   */
  long values(long ofMatrix) {
    long turned = values.numbers(topology.values(), precision);
    index().turn(ofMatrix, turned);
    return turned;
  }

  @Override
  public void close() {
    if (index != null) {
      index.close();
    }
    values.close();
  }
}
