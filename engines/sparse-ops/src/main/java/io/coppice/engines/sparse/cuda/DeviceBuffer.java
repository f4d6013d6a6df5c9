package io.coppice.engines.sparse.cuda;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.lang.ref.Cleaner;

/** Memory of a device, freed when it is closed or no longer reachable. */
final class DeviceBuffer implements AutoCloseable {
  private static final Cleaner CLEANER = Cleaner.create();

  private final long address;
  private final long bytes;
  private final Cleaner.Cleanable memory;

  /** New memory; what it holds is not said. */
  DeviceBuffer(KernelDevice device, long bytes) {
    long[] allocated = new long[1];
    device.inContext(() -> allocated[0] = device.allocate(Math.max(1, bytes)));
    long there = allocated[0];
    this.address = there;
    this.bytes = bytes;
    memory = CLEANER.register(this, () -> device.inContext(() -> device.free(there)));
  }

  /** New memory that holds these numbers. */
  static DeviceBuffer of(KernelDevice device, int[] numbers) {
    DeviceBuffer buffer = new DeviceBuffer(device, (long) numbers.length * Integer.BYTES);
    if (numbers.length > 0) {
      try (Memory host = new Memory(buffer.bytes)) {
        host.write(0, numbers, 0, numbers.length);
        device.inContext(
            () -> device.write(buffer.address, Pointer.nativeValue(host), buffer.bytes));
      }
    }
    return buffer;
  }

  long address() {
    return address;
  }

  long bytes() {
    return bytes;
  }

  @Override
  public void close() {
    memory.clean();
  }
}
