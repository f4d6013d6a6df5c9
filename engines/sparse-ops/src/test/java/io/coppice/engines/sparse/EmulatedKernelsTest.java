package io.coppice.engines.sparse;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coppice.testing.Needs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The CUDA kernels on emulated threads, compiled by g++; no GPU is needed. */
class EmulatedKernelsTest {
  @TempDir Path folder;

  @Test
  void areRight() throws Exception {
    assertAllRight(List.of("-O0"));
  }

  @Test
  @Tag("slow")
  void findNothingForSanitizers() throws Exception {
    assertAllRight(
        List.of("-O1", "-g", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"));
  }

  private void assertAllRight(List<String> options) throws Exception {
    Needs.program("g++", "g++");
    List<String> all = new ArrayList<>(List.of("-Wno-unknown-pragmas"));
    all.addAll(options);
    CppProgram program = new CppProgram(Path.of("cuda").toAbsolutePath(), folder, "g++", all);
    String said =
        program.run(
            program.in("."),
            source -> source.startsWith("emulation/") ? List.of("-O2") : List.of());
    assertTrue(said.matches("(?s).*[1-9]\\d* cases are right\n"), said);
  }
}
