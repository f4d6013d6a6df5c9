package io.coppice.engines.sparse.cuda;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import io.coppice.framework.ops.FloatMemory;
import io.coppice.framework.ops.Floats;

/** The memory of a device, as seen from the host. */
record CudaMemory(KernelDevice device) implements FloatMemory {

  @Override
  public Floats allocate(long count) {
    DeviceBuffer buffer = new DeviceBuffer(device, count * Float.BYTES);
    return new Floats(buffer.address(), count, device.device(), buffer);
  }

  @Override
  public void write(Floats to, float[] numbers) {
    FloatMemory.requireLength(to, numbers);
    if (numbers.length > 0) {
      try (Memory host = new Memory((long) numbers.length * Float.BYTES)) {
        host.write(0, numbers, 0, numbers.length);
        device.inContext(() -> device.write(to.address(), Pointer.nativeValue(host), host.size()));
      }
    }
  }

  @Override
  public float[] read(Floats from) {
    float[] numbers = new float[KernelInteger.of("number of floats to read", from.count())];
    if (numbers.length > 0) {
      try (Memory host = new Memory((long) numbers.length * Float.BYTES)) {
        device.inContext(() -> device.read(Pointer.nativeValue(host), from.address(), host.size()));
        host.read(0, numbers, 0, numbers.length);
      }
    }
    return numbers;
  }

  @Override
  public void await() {
    device.inContext(device::await);
  }
}
