package io.coppice.engines.sparse.cuda;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;

/**
 * The functions of CUDA's driver, by the names of their current versions. Handles, addresses and
 * sizes are longs; each returns a status, which is 0 when all is well.
 */
final class DriverLibrary {
  private DriverLibrary() {}

  /**
   * Binds the methods.
   *
   * @throws UnsatisfiedLinkError when there is no such library or it lacks a function
   */
  static void bind(String library) {
    Native.register(DriverLibrary.class, NativeLibrary.getInstance(library));
  }

  static native int cuInit(int flags);

  static native int cuDriverGetVersion(int[] version);

  static native int cuGetErrorName(int status, long[] text);

  static native int cuGetErrorString(int status, long[] text);

  static native int cuDeviceGetCount(int[] count);

  static native int cuDeviceGet(int[] device, int ordinal);

  static native int cuDeviceGetName(byte[] name, int length, int device);

  static native int cuDeviceGetAttribute(int[] value, int attribute, int device);

  static native int cuDevicePrimaryCtxRetain(long[] context, int device);

  static native int cuCtxGetCurrent(long[] context);

  static native int cuCtxSetCurrent(long context);

  static native int cuModuleLoadData(long[] module, long image);

  static native int cuModuleGetFunction(long[] function, long module, byte[] name);

  static native int cuFuncSetAttribute(long function, int attribute, int value);

  static native int cuLaunchKernel(
      long function,
      int gridX,
      int gridY,
      int gridZ,
      int blockX,
      int blockY,
      int blockZ,
      int sharedBytes,
      long stream,
      long arguments,
      long extra);

  static native int cuStreamSynchronize(long stream);

  static native int cuMemAlloc_v2(long[] address, long bytes);

  static native int cuMemFree_v2(long address);

  static native int cuMemcpyHtoDAsync_v2(long to, long from, long bytes, long stream);

  static native int cuMemcpyDtoHAsync_v2(long to, long from, long bytes, long stream);

  static native int cuMemcpyDtoDAsync_v2(long to, long from, long bytes, long stream);
}
