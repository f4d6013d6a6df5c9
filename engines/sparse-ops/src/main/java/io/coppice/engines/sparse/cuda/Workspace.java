package io.coppice.engines.sparse.cuda;

import io.coppice.framework.ops.Precision;

/** Memory of a device that is kept from call to call and grows with what is asked for. */
final class Workspace implements AutoCloseable {
  private final KernelDevice device;
  private DeviceBuffer buffer;

  Workspace(KernelDevice device) {
    this.device = device;
  }

  /** The address of at least so many floats; what they hold is not said. */
  long floats(long count) {
    return numbers(count, Precision.FLOAT32);
  }

  /** The address of at least so many numbers; what they hold is not said. */
  long numbers(long count, Precision precision) {
    long bytes = count * precision.bytes();
    if (buffer == null || buffer.bytes() < bytes) {
      close();
      buffer = new DeviceBuffer(device, bytes);
    }
    return buffer.address();
  }

  @Override
  public void close() {
    if (buffer != null) {
      buffer.close();
      buffer = null;
    }
  }
}
