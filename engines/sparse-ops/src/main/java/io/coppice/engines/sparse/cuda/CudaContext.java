package io.coppice.engines.sparse.cuda;

import ai.djl.Device;
import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import io.coppice.framework.ops.EngineCuda;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * A GPU's primary context, which is the engine's too, and the kernels loaded into it, for as long
 * as the process lives. Work goes to the stream on which the engine works for the calling thread.
 */
final class CudaContext implements KernelDevice {
  private static final int SHARED_BYTES_AT_FIRST = 48 << 10;
  private static final int MAX_DYNAMIC_SHARED_BYTES = 8;

  private record Function(KernelSource source, String name) {}

  private final Gpu gpu;
  private final KernelCode code;
  private final EngineCuda engine;
  private final Device device;
  private final long handle;
  private final ConcurrentMap<KernelSource, Long> modules = new ConcurrentHashMap<>();
  private final ConcurrentMap<Function, Long> functions = new ConcurrentHashMap<>();

  CudaContext(Gpu gpu, KernelCode code, EngineCuda engine) {
    this.gpu = gpu;
    this.code = code;
    this.engine = engine;
    device = Device.gpu(gpu.ordinal());
    long[] context = new long[1];
    DriverStatus.require(
        "cuDevicePrimaryCtxRetain", DriverLibrary.cuDevicePrimaryCtxRetain(context, gpu.handle()));
    handle = context[0];
  }

  Gpu gpu() {
    return gpu;
  }

  @Override
  public Device device() {
    return device;
  }

  @Override
  public int multiprocessors() {
    return gpu.multiprocessors();
  }

  @Override
  public boolean compiles() {
    return code.compiler().isPresent();
  }

  @Override
  public void inContext(Runnable work) {
    long[] previous = new long[1];
    DriverStatus.require("cuCtxGetCurrent", DriverLibrary.cuCtxGetCurrent(previous));
    if (previous[0] == handle) {
      work.run();
      return;
    }
    DriverStatus.require("cuCtxSetCurrent", DriverLibrary.cuCtxSetCurrent(handle));
    try {
      work.run();
    } finally {
      DriverLibrary.cuCtxSetCurrent(previous[0]);
    }
  }

  @Override
  public long allocate(long bytes) {
    long[] address = new long[1];
    DriverStatus.require("cuMemAlloc", DriverLibrary.cuMemAlloc_v2(address, bytes));
    return address[0];
  }

  @Override
  public void free(long address) {
    DriverStatus.require("cuMemFree", DriverLibrary.cuMemFree_v2(address));
  }

  @Override
  public void write(long to, long hostFrom, long bytes) {
    long stream = stream();
    DriverStatus.require(
        "cuMemcpyHtoDAsync", DriverLibrary.cuMemcpyHtoDAsync_v2(to, hostFrom, bytes, stream));
    waitFor(stream);
  }

  @Override
  public void read(long hostTo, long from, long bytes) {
    long stream = stream();
    DriverStatus.require(
        "cuMemcpyDtoHAsync", DriverLibrary.cuMemcpyDtoHAsync_v2(hostTo, from, bytes, stream));
    waitFor(stream);
  }

  @Override
  public void copy(long to, long from, long bytes) {
    DriverStatus.require(
        "cuMemcpyDtoDAsync", DriverLibrary.cuMemcpyDtoDAsync_v2(to, from, bytes, stream()));
  }

  @Override
  public void await() {
    waitFor(stream());
  }

  @Override
  public long kernel(KernelSource source, String name) {
    return functions.computeIfAbsent(new Function(source, name), this::find);
  }

  private long find(Function wanted) {
    long module = modules.computeIfAbsent(wanted.source(), this::load);
    long[] function = new long[1];
    byte[] name = (wanted.name() + "\0").getBytes(StandardCharsets.US_ASCII);
    DriverStatus.require(
        "cuModuleGetFunction", DriverLibrary.cuModuleGetFunction(function, module, name));
    return function[0];
  }

  private long load(KernelSource source) {
    byte[] image = code.of(source);
    long[] module = new long[1];
    try (Memory memory = new Memory(image.length + 1L)) {
      memory.write(0, image, 0, image.length);
      memory.setByte(image.length, (byte) 0);
      DriverStatus.require(
          "cuModuleLoadData for " + source.name(),
          DriverLibrary.cuModuleLoadData(module, Pointer.nativeValue(memory)));
    }
    return module[0];
  }

  @Override
  public void launch(long kernel, Grid grid, int sharedBytes, KernelArguments arguments) {
    if (sharedBytes > SHARED_BYTES_AT_FIRST) {
      DriverStatus.require(
          "cuFuncSetAttribute",
          DriverLibrary.cuFuncSetAttribute(kernel, MAX_DYNAMIC_SHARED_BYTES, sharedBytes));
    }
    DriverStatus.require(
        "cuLaunchKernel",
        DriverLibrary.cuLaunchKernel(
            kernel,
            grid.x(),
            grid.y(),
            grid.z(),
            Grid.THREADS,
            1,
            1,
            sharedBytes,
            stream(),
            arguments.array(),
            0));
  }

  private long stream() {
    return engine.stream(gpu.ordinal());
  }

  private static void waitFor(long stream) {
    DriverStatus.require("cuStreamSynchronize", DriverLibrary.cuStreamSynchronize(stream));
  }
}
