package io.coppice.engines.sparse.cuda;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import io.coppice.framework.ops.EngineCuda;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * CUDA's compiler at run time, which needs no GPU.
 *
 * @param library that it was loaded from
 * @param capabilities that it compiles for, as {@link Gpu#capability}
 */
record Nvrtc(String library, CudaVersion version, int[] capabilities) {

  private static final class Once {
    private static final Optional<Nvrtc> FOUND =
        find(NvrtcSearch.candidates(System.getenv(), EngineCuda.find().libraries()));
  }

  /** The first that loads, sought once. */
  static Optional<Nvrtc> inThisProcess() {
    return Once.FOUND;
  }

  private static Optional<Nvrtc> find(List<String> candidates) {
    for (String library : candidates) {
      try {
        NvrtcLibrary.bind(library);
        NvrtcSearch.loadBuiltinsBeside(library);
        return Optional.of(new Nvrtc(library, askVersion(), askCapabilities()));
      } catch (UnsatisfiedLinkError absent) {
        continue;
      }
    }
    return Optional.empty();
  }

  private static CudaVersion askVersion() {
    int[] major = new int[1];
    int[] minor = new int[1];
    require("nvrtcVersion", NvrtcLibrary.nvrtcVersion(major, minor));
    return new CudaVersion(major[0], minor[0]);
  }

  private static int[] askCapabilities() {
    int[] count = new int[1];
    require("nvrtcGetNumSupportedArchs", NvrtcLibrary.nvrtcGetNumSupportedArchs(count));
    int[] capabilities = new int[count[0]];
    require("nvrtcGetSupportedArchs", NvrtcLibrary.nvrtcGetSupportedArchs(capabilities));
    return capabilities;
  }

  /**
   * Compiles a source.
   *
   * @return machine code or PTX, as the target says
   * @throws CudaException with the compiler's words when the source is refused
   */
  byte[] compile(KernelSource source, CodeTarget target) {
    long[] program = new long[1];
    require(
        "nvrtcCreateProgram",
        NvrtcLibrary.nvrtcCreateProgram(
            program, terminated(source.text()), terminated(source.name()), 0, 0, 0));
    try {
      List<String> options = new ArrayList<>(source.options());
      options.add(target.option());
      int status = compile(program[0], options);
      if (status != 0) {
        throw new CudaException(
            "NVRTC %s refuses %s: %s".formatted(version, source.name(), log(program[0]).strip()));
      }
      return target.machineCode() ? machineCode(program[0]) : ptx(program[0]);
    } finally {
      NvrtcLibrary.nvrtcDestroyProgram(program);
    }
  }

  private static int compile(long program, List<String> options) {
    List<Memory> texts = new ArrayList<>();
    try (Memory array = new Memory((long) Long.BYTES * options.size())) {
      for (String option : options) {
        byte[] bytes = terminated(option);
        Memory text = new Memory(bytes.length);
        text.write(0, bytes, 0, bytes.length);
        array.setPointer((long) Long.BYTES * texts.size(), text);
        texts.add(text);
      }
      return NvrtcLibrary.nvrtcCompileProgram(program, options.size(), Pointer.nativeValue(array));
    } finally {
      texts.forEach(Memory::close);
    }
  }

  private static byte[] machineCode(long program) {
    long[] bytes = new long[1];
    require("nvrtcGetCUBINSize", NvrtcLibrary.nvrtcGetCUBINSize(program, bytes));
    byte[] image = new byte[Math.toIntExact(bytes[0])];
    require("nvrtcGetCUBIN", NvrtcLibrary.nvrtcGetCUBIN(program, image));
    return image;
  }

  private static byte[] ptx(long program) {
    long[] bytes = new long[1];
    require("nvrtcGetPTXSize", NvrtcLibrary.nvrtcGetPTXSize(program, bytes));
    byte[] text = new byte[Math.toIntExact(bytes[0])];
    require("nvrtcGetPTX", NvrtcLibrary.nvrtcGetPTX(program, text));
    return text;
  }

  private static String log(long program) {
    long[] bytes = new long[1];
    require("nvrtcGetProgramLogSize", NvrtcLibrary.nvrtcGetProgramLogSize(program, bytes));
    byte[] text = new byte[Math.toIntExact(bytes[0])];
    require("nvrtcGetProgramLog", NvrtcLibrary.nvrtcGetProgramLog(program, text));
    return Native.toString(text, "UTF-8");
  }

  private static byte[] terminated(String text) {
    return (text + "\0").getBytes(StandardCharsets.UTF_8);
  }

  private static void require(String function, int status) {
    if (status != 0) {
      String reason = new Pointer(NvrtcLibrary.nvrtcGetErrorString(status)).getString(0);
      throw new CudaException("NVRTC's %s failed: %s".formatted(function, reason));
    }
  }

  @Override
  public String toString() {
    return "NVRTC " + version;
  }
}
