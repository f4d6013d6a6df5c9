package io.coppice.framework.ops;

import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;

/** What the tensor engine's CUDA shares with kernels beside it; found by {@link ServiceLoader}. */
public interface EngineCuda {

  /**
   * The driver's handle of the stream on which the engine works for the calling thread; 0, the
   * default stream, where the engine does not say.
   *
   * @param device the number of the GPU
   */
  default long stream(int device) {
    return 0;
  }

  /** The folder of the engine's native libraries, which may hold NVRTC. */
  default Optional<Path> libraries() {
    return Optional.empty();
  }

  /** The engine's on the class path, or one that shares nothing. */
  static EngineCuda find() {
    return ServiceLoader.load(EngineCuda.class, EngineCuda.class.getClassLoader())
        .findFirst()
        .orElse(new EngineCuda() {});
  }
}
