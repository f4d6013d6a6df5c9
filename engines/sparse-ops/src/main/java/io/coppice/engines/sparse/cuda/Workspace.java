package io.coppice.engines.sparse.cuda;

/** Memory of a device that is kept from call to call and grows with what is asked for. */
final class Workspace implements AutoCloseable {
  private final KernelDevice device;
  private DeviceBuffer buffer;

  Workspace(KernelDevice device) {
    this.device = device;
  }

  /** The address of at least so many floats; what they hold is not said. */
  long floats(long count) {
    long bytes = count * Float.BYTES;
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
