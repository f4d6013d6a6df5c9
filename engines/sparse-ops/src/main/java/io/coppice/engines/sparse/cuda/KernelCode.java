package io.coppice.engines.sparse.cuda;

import java.util.Optional;

/**
 * Turns kernels into code for one chip: NVRTC compiles them and a cache keeps the result; without
 * NVRTC, what was compiled with Coppice serves.
 */
record KernelCode(Optional<Nvrtc> compiler, CubinCache cache, Gpu gpu) {

  /** A compiler of a later CUDA than the driver's makes code that the driver does not load. */
  static Optional<Nvrtc> usable(Optional<Nvrtc> compiler, CudaVersion driver) {
    return compiler.filter(nvrtc -> nvrtc.version().major() <= driver.major());
  }

  /**
   * The code of a source.
   *
   * @throws CudaException when neither NVRTC nor the bundled code serves
   */
  byte[] of(KernelSource source) {
    return compiler
        .map(nvrtc -> compiled(nvrtc, source))
        .or(() -> BundledCode.of(source))
        .orElseThrow(() -> new CudaException(BundledCode.missing(source)));
  }

  private byte[] compiled(Nvrtc nvrtc, KernelSource source) {
    CodeTarget target = CodeTarget.of(gpu.capability(), nvrtc.capabilities());
    String key =
        String.join("\n", nvrtc.toString(), target.option(), source.options() + "", source.text());
    return cache.code(key, () -> nvrtc.compile(source, target));
  }
}
