package io.coppice.engines.sparse.cuda;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;

/** The functions of NVRTC, CUDA's compiler at run time; a status is 0 when all is well. */
final class NvrtcLibrary {
  private NvrtcLibrary() {}

  /**
   * Binds the methods.
   *
   * @throws UnsatisfiedLinkError when there is no such library or it lacks a function
   */
  static void bind(String library) {
    Native.register(NvrtcLibrary.class, NativeLibrary.getInstance(library));
  }

  static native int nvrtcVersion(int[] major, int[] minor);

  static native int nvrtcGetNumSupportedArchs(int[] count);

  static native int nvrtcGetSupportedArchs(int[] capabilities);

  static native int nvrtcCreateProgram(
      long[] program, byte[] text, byte[] name, int headers, long texts, long names);

  static native int nvrtcCompileProgram(long program, int count, long options);

  static native int nvrtcDestroyProgram(long[] program);

  static native int nvrtcGetCUBINSize(long program, long[] bytes);

  static native int nvrtcGetCUBIN(long program, byte[] image);

  static native int nvrtcGetPTXSize(long program, long[] bytes);

  static native int nvrtcGetPTX(long program, byte[] text);

  static native int nvrtcGetProgramLogSize(long program, long[] bytes);

  static native int nvrtcGetProgramLog(long program, byte[] text);

  static native long nvrtcGetErrorString(int status);
}
