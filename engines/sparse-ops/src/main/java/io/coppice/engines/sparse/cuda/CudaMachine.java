package io.coppice.engines.sparse.cuda;

import io.coppice.framework.ops.EngineCuda;
import io.coppice.framework.optimize.EngineSupport;
import io.coppice.framework.storage.CacheFolder;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The GPUs of this machine, looked at when one is first asked for. */
final class CudaMachine {
  private static final int LEAST_CAPABILITY = 80;

  private static final class Once {
    private static final CudaMachine MACHINE = new CudaMachine(CudaDriver.inThisProcess());
  }

  private final CudaDriver driver;
  private final ConcurrentMap<Integer, CudaContext> open = new ConcurrentHashMap<>();

  private CudaMachine(CudaDriver driver) {
    this.driver = driver;
  }

  static CudaMachine inThisProcess() {
    return Once.MACHINE;
  }

  /** Why a GPU does not serve, in one line; empty where it does. */
  Optional<String> problem(int ordinal) {
    if (driver.problem().isPresent()) {
      return driver.problem();
    }
    if (ordinal < 0 || ordinal >= driver.devices()) {
      return Optional.of(
          "there is no gpu %d; the driver finds %d GPU(s), from 0"
              .formatted(ordinal, driver.devices()));
    }
    Gpu gpu = Gpu.of(ordinal);
    if (gpu.capability() < LEAST_CAPABILITY) {
      return Optional.of(gpu + " is too old; allowed: compute capability 8.0 or later");
    }
    return compiler().isPresent() || BundledCode.isThere()
        ? Optional.empty()
        : Optional.of(
            "NVRTC is missing for %s, and Coppice was built without nvcc; %s"
                .formatted(gpu, NvrtcSearch.REMEDY));
  }

  private Optional<Nvrtc> compiler() {
    EngineSupport.find().start();
    return KernelCode.usable(Nvrtc.inThisProcess(), driver.version());
  }

  /** A GPU without a {@link #problem}. */
  CudaContext context(int ordinal) {
    return open.computeIfAbsent(
        ordinal,
        number -> {
          Gpu gpu = Gpu.of(number);
          KernelCode code = new KernelCode(compiler(), new CubinCache(CacheFolder.of("cuda")), gpu);
          return new CudaContext(gpu, code, EngineCuda.find());
        });
  }

  /** What serves, in one line. */
  String description() {
    String gpus =
        IntStream.range(0, driver.devices())
            .mapToObj(number -> Gpu.of(number).toString())
            .collect(Collectors.joining(", "));
    return "%s, driver for CUDA %s, kernels compiled by %s"
        .formatted(
            gpus,
            driver.version(),
            compiler().map(Nvrtc::toString).orElse("nvcc when Coppice was built"));
  }
}
