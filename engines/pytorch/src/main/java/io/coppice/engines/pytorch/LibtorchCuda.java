package io.coppice.engines.pytorch;

import com.sun.jna.Native;
import java.nio.file.Files;

/** What Coppice uses of the C functions that libtorch's CUDA build adds. */
final class LibtorchCuda {
  private static final boolean THERE = bind();

  private LibtorchCuda() {}

  private static native int aoti_torch_get_current_cuda_stream(int device, long[] stream);

  private static boolean bind() {
    if (!Files.exists(EngineLibrary.file("torch_cuda"))) {
      return false;
    }
    try {
      Native.register(LibtorchCuda.class, EngineLibrary.open("torch_cuda"));
      return true;
    } catch (UnsatisfiedLinkError absent) {
      return false;
    }
  }

  /** Whether this libtorch is a CUDA build that tells its streams. */
  static boolean isThere() {
    return THERE;
  }

  /** The stream that the calling thread's operations on a GPU go to. */
  static long stream(int device) {
    long[] stream = new long[1];
    Libtorch.check(
        "aoti_torch_get_current_cuda_stream", aoti_torch_get_current_cuda_stream(device, stream));
    return stream[0];
  }
}
