package io.coppice.engines.sparse.cuda;

import com.sun.jna.Native;

/**
 * A GPU as its driver describes it.
 *
 * @param ordinal its number
 * @param capability of its chip, 10 · major + minor: 90 is compute capability 9.0
 * @param multiprocessors how many blocks can run side by side at the least
 * @param sharedBytes the most shared memory that a block can have
 */
record Gpu(
    int ordinal, int handle, String name, int capability, int multiprocessors, int sharedBytes) {
  private static final int NAME_BYTES = 256;
  private static final int MULTIPROCESSOR_COUNT = 16;
  private static final int CAPABILITY_MAJOR = 75;
  private static final int CAPABILITY_MINOR = 76;
  private static final int SHARED_BYTES_OPT_IN = 97;

  /** Asks a driver that has started. */
  static Gpu of(int ordinal) {
    int[] handle = new int[1];
    DriverStatus.require("cuDeviceGet", DriverLibrary.cuDeviceGet(handle, ordinal));
    byte[] name = new byte[NAME_BYTES];
    DriverStatus.require(
        "cuDeviceGetName", DriverLibrary.cuDeviceGetName(name, name.length, handle[0]));
    return new Gpu(
        ordinal,
        handle[0],
        Native.toString(name),
        10 * attribute(CAPABILITY_MAJOR, handle[0]) + attribute(CAPABILITY_MINOR, handle[0]),
        attribute(MULTIPROCESSOR_COUNT, handle[0]),
        attribute(SHARED_BYTES_OPT_IN, handle[0]));
  }

  private static int attribute(int attribute, int handle) {
    int[] value = new int[1];
    DriverStatus.require(
        "cuDeviceGetAttribute", DriverLibrary.cuDeviceGetAttribute(value, attribute, handle));
    return value[0];
  }

  @Override
  public String toString() {
    return "%s (gpu %d, compute capability %d.%d)"
        .formatted(name, ordinal, capability / 10, capability % 10);
  }
}
