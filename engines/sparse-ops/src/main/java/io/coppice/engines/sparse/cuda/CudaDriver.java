package io.coppice.engines.sparse.cuda;

import java.util.Optional;

/**
 * What came of loading NVIDIA's driver into this process, which is tried once, when a GPU is first
 * asked for.
 *
 * @param problem one line that says what is missing, or empty
 * @param version of CUDA that the driver serves; null with a problem
 * @param devices the number of GPUs
 */
record CudaDriver(Optional<String> problem, CudaVersion version, int devices) {
  private static final String LIBRARY = "libcuda.so.1";
  private static final CudaVersion LEAST = new CudaVersion(11, 8);

  private static final class Once {
    private static final CudaDriver OUTCOME = load(LIBRARY);
  }

  static CudaDriver inThisProcess() {
    return Once.OUTCOME;
  }

  /** Loads a library as the driver's. */
  static CudaDriver load(String library) {
    try {
      DriverLibrary.bind(library);
    } catch (UnsatisfiedLinkError e) {
      return failed(missing(library, e.getMessage()));
    }
    try {
      return start();
    } catch (CudaException e) {
      return failed(e.getMessage());
    }
  }

  private static CudaDriver start() {
    int[] version = new int[1];
    DriverStatus.require("cuInit", DriverLibrary.cuInit(0));
    DriverStatus.require("cuDriverGetVersion", DriverLibrary.cuDriverGetVersion(version));
    CudaVersion served = CudaVersion.of(version[0]);
    Optional<String> old = tooOld(served);
    if (old.isPresent()) {
      return failed(old.get());
    }
    int[] count = new int[1];
    DriverStatus.require("cuDeviceGetCount", DriverLibrary.cuDeviceGetCount(count));
    return count[0] == 0
        ? failed("NVIDIA's driver is there, but it finds no GPU")
        : new CudaDriver(Optional.empty(), served, count[0]);
  }

  private static CudaDriver failed(String problem) {
    return new CudaDriver(Optional.of(problem), null, 0);
  }

  /** Why a library that does not load, or lacks a function, is no driver. */
  static String missing(String library, String reason) {
    String first = String.valueOf(reason).lines().findFirst().orElse("");
    return first.contains("looking up function")
        ? "NVIDIA's driver is too old for the sparse operations, which need CUDA %s: %s"
            .formatted(LEAST, first)
        : "there is no NVIDIA driver on this machine: %s is not found".formatted(library);
  }

  /** The sentence for a driver before the least version. */
  static Optional<String> tooOld(CudaVersion served) {
    return served.compareTo(LEAST) < 0
        ? Optional.of(
            "NVIDIA's driver serves CUDA %s; allowed: %s or later".formatted(served, LEAST))
        : Optional.empty();
  }
}
