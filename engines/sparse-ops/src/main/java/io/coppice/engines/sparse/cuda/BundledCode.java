package io.coppice.engines.sparse.cuda;

import java.util.Optional;

/** Kernels that were compiled for several chips when Coppice was built where nvcc was. */
final class BundledCode {
  private BundledCode() {}

  /** The fat binary of a source, or empty where none was built. */
  static Optional<byte[]> of(KernelSource source) {
    String defines = source.defines().isEmpty() ? "" : "-" + String.join("-", source.defines());
    return Resource.find(source.op() + defines + ".fatbin");
  }

  /** Whether there is any. */
  static boolean isThere() {
    return of(Kernels.TRANSPOSE).isPresent();
  }

  /** The sentence for a source that nothing compiles. */
  static String missing(KernelSource source) {
    return "there is no NVRTC to compile %s with %s, which was not compiled with Coppice either: %s"
        .formatted(source.name(), source.defines(), NvrtcSearch.REMEDY);
  }
}
