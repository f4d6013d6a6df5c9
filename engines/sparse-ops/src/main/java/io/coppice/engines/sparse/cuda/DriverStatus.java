package io.coppice.engines.sparse.cuda;

import com.sun.jna.Pointer;
import java.util.Map;

/** What a status of CUDA's driver means. */
final class DriverStatus {
  static final int OUT_OF_MEMORY = 2;
  static final int STUB_LIBRARY = 34;
  static final int NO_DEVICE = 100;
  static final int INVALID_IMAGE = 200;
  static final int NO_BINARY_FOR_GPU = 209;
  static final int UNSUPPORTED_PTX_VERSION = 222;
  static final int ILLEGAL_ADDRESS = 700;
  static final int LAUNCH_FAILED = 719;
  static final int SYSTEM_DRIVER_MISMATCH = 803;

  private static final String LOST =
      "an earlier kernel may be the cause, and this process can no longer use the GPU";
  private static final String OTHER_CODE =
      "the kernels were compiled for another GPU or a newer driver";
  private static final Map<Integer, String> HINTS =
      Map.of(
          OUT_OF_MEMORY, "a smaller batch needs less of the GPU's memory",
          STUB_LIBRARY, "libcuda.so.1 is the toolkit's stub; the driver's own must come before it",
          NO_DEVICE, "there is no GPU, or CUDA_VISIBLE_DEVICES hides it",
          INVALID_IMAGE, OTHER_CODE,
          NO_BINARY_FOR_GPU, OTHER_CODE,
          UNSUPPORTED_PTX_VERSION, OTHER_CODE,
          ILLEGAL_ADDRESS, LOST,
          LAUNCH_FAILED, LOST,
          SYSTEM_DRIVER_MISMATCH, "the driver was updated: restart the machine");

  private DriverStatus() {}

  /**
   * Lets a call's success pass.
   *
   * @throws CudaException for any other status
   */
  static void require(String function, int status) {
    if (status != 0) {
      throw new CudaException(sentence(function, status));
    }
  }

  /** The sentence for a failed call, with the driver's own words for it. */
  static String sentence(String function, int status) {
    long[] name = new long[1];
    long[] text = new long[1];
    boolean known =
        DriverLibrary.cuGetErrorName(status, name) == 0
            && DriverLibrary.cuGetErrorString(status, text) == 0;
    return known
        ? sentence(function, status, string(name[0]), string(text[0]))
        : sentence(function, status, "an unknown error", "the driver has no words for it");
  }

  private static String string(long address) {
    return new Pointer(address).getString(0);
  }

  static String sentence(String function, int status, String name, String text) {
    String hint = HINTS.containsKey(status) ? " (" + HINTS.get(status) + ")" : "";
    return "CUDA's %s failed with %s, status %d: %s%s"
        .formatted(function, name, status, text, hint);
  }
}
