package io.coppice.engines.sparse;

import io.coppice.testing.Needs;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** C++ that the build of the library leaves out must compile, too. */
class CpuSourcesTest {
  private static final List<String> OPTIONS = List.of("-O0", "-Wno-psabi", "-fopenmp");

  @TempDir Path folder;

  private CppProgram program(String compiler) {
    return new CppProgram(Path.of("cpu").toAbsolutePath(), folder, compiler, OPTIONS);
  }

  @Test
  void benchmarksCompile() throws Exception {
    Needs.program("g++", "g++");
    CppProgram benchmarks = program("g++");
    benchmarks.compile(benchmarks.in("bench"), source -> List.of());
  }

  /** NEON, that is. */
  @Test
  void compileForArm() throws Exception {
    Needs.program("g++-aarch64-linux-gnu", "aarch64-linux-gnu-g++");
    CppProgram library = program("aarch64-linux-gnu-g++");
    library.compile(
        library.in("abi", "conv2d", "index", "isa", "product", "test"), source -> List.of());
  }
}
