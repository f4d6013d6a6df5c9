package io.coppice.engines.sparse.cuda;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import com.sun.jna.Function;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import io.coppice.framework.recipe.Sha256;
import io.coppice.testing.Needs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs the texts of the kernels on the host's memory: g++ compiles them with {@code
 * cuda/emulation}. Its tensors are on a GPU as far as Java is told. New memory holds no numbers.
 */
final class EmulatedDevice implements KernelDevice {
  private static final Path CUDA = Path.of("cuda").toAbsolutePath();
  private static final Path COMPILED = Path.of("target", "cuda-emulation").toAbsolutePath();
  private static final Pattern KERNEL =
      Pattern.compile("COPPICE_KERNEL\\s+void\\s+(?:__launch_bounds__\\([^)]*\\)\\s+)?(\\w+)\\(");
  private static final int ALIGNMENT = 256;
  private static final String GLUE =
      """
      #include <utility>
      #include "emulation/cuda.h"
      #include "emulation/tensor.h"
      %s
      template <class... Types>
      struct Call {
        void (*kernel)(Types...);
        void** arguments;
        template <size_t... At>
        void run(std::index_sequence<At...>) { kernel(*static_cast<Types*>(arguments[At])...); }
        static void run(void* call) { static_cast<Call*>(call)->run(std::index_sequence_for<Types...>()); }
      };
      template <class... Types>
      static void run(void (*kernel)(Types...), unsigned x, unsigned y, unsigned z, int shared, void** arguments) {
        Call<Types...> call{kernel, arguments};
        emulation::launch({x, y, z}, {256, 1, 1}, shared, Call<Types...>::run, &call);
      }
      """;
  private static final String ENTRY =
      """
      extern "C" void launch_%1$s(unsigned x, unsigned y, unsigned z, int shared, void** arguments) { run(%1$s, x, y, z, shared, arguments); }
      """;

  private final int multiprocessors;
  private final boolean compiles;
  private final Device device;
  private final Map<KernelSource, NativeLibrary> libraries = new HashMap<>();
  private final List<Function> kernels = new ArrayList<>();
  private final Set<String> launched = new HashSet<>();
  private final Map<Long, Long> allocations = new HashMap<>();

  /**
   * Needs a C++ compiler; its memory is said to be a GPU's.
   *
   * @param compiles whether to stand for a machine with NVRTC
   */
  EmulatedDevice(int multiprocessors, boolean compiles) {
    this(multiprocessors, compiles, Device.gpu());
  }

  private EmulatedDevice(int multiprocessors, boolean compiles, Device device) {
    Needs.program("g++", "g++");
    this.multiprocessors = multiprocessors;
    this.compiles = compiles;
    this.device = device;
  }

  /** The same for tensors that lie where they do: on the host. */
  static EmulatedDevice ofTheHost() {
    return new EmulatedDevice(1, true, Device.cpu());
  }

  /** The allocations that are not freed. */
  synchronized int allocated() {
    return allocations.size();
  }

  /** The names of the kernels that were asked for. */
  synchronized Set<String> launched() {
    return Set.copyOf(launched);
  }

  @Override
  public Device device() {
    return device;
  }

  @Override
  public int multiprocessors() {
    return multiprocessors;
  }

  @Override
  public boolean compiles() {
    return compiles;
  }

  @Override
  public void inContext(Runnable work) {
    work.run();
  }

  @Override
  public synchronized long allocate(long bytes) {
    long raw = Native.malloc(bytes + ALIGNMENT);
    long address = (raw / ALIGNMENT + 1) * ALIGNMENT;
    new Pointer(address).setMemory(0, bytes, (byte) -1);
    allocations.put(address, raw);
    return address;
  }

  @Override
  public synchronized void free(long address) {
    Native.free(allocations.remove(address));
  }

  @Override
  public void write(long to, long hostFrom, long bytes) {
    copy(to, hostFrom, bytes);
  }

  @Override
  public void read(long hostTo, long from, long bytes) {
    copy(hostTo, from, bytes);
  }

  @Override
  public void copy(long to, long from, long bytes) {
    new Pointer(to).getByteBuffer(0, bytes).put(new Pointer(from).getByteBuffer(0, bytes));
  }

  @Override
  public void await() {}

  @Override
  public synchronized long kernel(KernelSource source, String name) {
    launched.add(name);
    kernels.add(
        libraries.computeIfAbsent(source, EmulatedDevice::load).getFunction("launch_" + name));
    return kernels.size() - 1;
  }

  @Override
  public synchronized void launch(
      long kernel, Grid grid, int sharedBytes, KernelArguments arguments) {
    kernels
        .get(Math.toIntExact(kernel))
        .invokeVoid(
            new Object[] {
              grid.x(), grid.y(), grid.z(), sharedBytes, new Pointer(arguments.array())
            });
  }

  private static NativeLibrary load(KernelSource source) {
    try {
      return NativeLibrary.getInstance(compiled(source).toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Path compiled(KernelSource source) throws IOException, InterruptedException {
    StringBuilder text = new StringBuilder(GLUE.formatted(source.text()));
    Matcher kernels = KERNEL.matcher(source.text());
    while (kernels.find()) {
      text.append(ENTRY.formatted(kernels.group(1)));
    }
    Path blocks = CUDA.resolve("emulation/block.cpp");
    Path emulation = compiled("emulation", Files.readString(blocks), List.of("-c"), ".o");
    List<String> options = new ArrayList<>(List.of("-shared", emulation.toString()));
    options.addAll(source.options());
    return compiled(source.op(), text.toString(), options, ".so");
  }

  /** The result of g++, which is kept by what it is made from. */
  private static Path compiled(String name, String text, List<String> options, String ending)
      throws IOException, InterruptedException {
    StringBuilder all = new StringBuilder(text).append(options);
    for (String header : List.of("block.h", "cuda.h", "fibers.h", "tensor.h", "threads.h")) {
      all.append(Files.readString(CUDA.resolve("emulation").resolve(header)));
    }
    String hash = Sha256.hex(all.toString().getBytes(StandardCharsets.UTF_8)).substring(0, 24);
    Path result = COMPILED.resolve(name + "-" + hash + ending);
    if (!Files.exists(result)) {
      Files.createDirectories(COMPILED);
      Path file = Files.writeString(COMPILED.resolve(hash + ".cpp"), text);
      Path part = COMPILED.resolve(hash + ".part");
      List<String> command = new ArrayList<>(List.of("g++", "-O1", "-w", "-fPIC"));
      command.addAll(List.of("-fno-gnu-unique", "-I", CUDA.toString(), file.toString()));
      command.addAll(options);
      command.addAll(List.of("-std=c++17", "-o", part.toString()));
      run(command);
      Files.move(part, result, StandardCopyOption.ATOMIC_MOVE);
    }
    return result;
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(5, TimeUnit.MINUTES) && process.exitValue() == 0, output);
  }
}
