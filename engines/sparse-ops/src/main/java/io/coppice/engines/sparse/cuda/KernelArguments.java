package io.coppice.engines.sparse.cuda;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;

/**
 * The arguments of one launch after another: an array of pointers to each, as the driver takes
 * them. Not for two threads at once.
 */
final class KernelArguments {
  private static final int MOST = 20;

  private final Memory pointers = new Memory((long) MOST * Long.BYTES);
  private final Memory slots = new Memory((long) MOST * Long.BYTES);
  private int count;

  KernelArguments() {
    for (int i = 0; i < MOST; i++) {
      pointers.setLong((long) i * Long.BYTES, Pointer.nativeValue(slots) + (long) i * Long.BYTES);
    }
  }

  /** Forgets the last launch's. */
  KernelArguments begin() {
    count = 0;
    return this;
  }

  /** An address of the device, 0 for what is absent. */
  KernelArguments address(long address) {
    slots.setLong(next(), address);
    return this;
  }

  KernelArguments integers(int... numbers) {
    for (int number : numbers) {
      slots.setInt(next(), number);
    }
    return this;
  }

  KernelArguments floats(float... numbers) {
    for (float number : numbers) {
      slots.setFloat(next(), number);
    }
    return this;
  }

  private long next() {
    return (long) count++ * Long.BYTES;
  }

  /** The address of the array. */
  long array() {
    return Pointer.nativeValue(pointers);
  }
}
