package io.coppice.engines.sparse;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coppice.testing.Needs;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The C++ tests under the address and undefined-behaviour sanitizers. */
@Tag("slow")
class SanitizersTest {
  @TempDir Path folder;

  @Test
  void findNothing() throws Exception {
    Needs.program("g++", "g++");
    List<String> options =
        List.of(
            "-O0",
            "-g",
            "-Wno-psabi",
            "-fopenmp",
            "-fsanitize=address,undefined",
            "-fno-sanitize-recover=all");
    CppProgram program = new CppProgram(Path.of("cpu").toAbsolutePath(), folder, "g++", options);
    String said =
        program.run(
            program.in("abi", "conv2d", "index", "isa", "product", "test"), source -> List.of());
    assertTrue(
        said.matches(
            "[1-9]\\d* products, [1-9]\\d* convolutions, [1-9]\\d* steps and [1-9]\\d* refusals"
                + " are right\n"),
        said);
  }
}
