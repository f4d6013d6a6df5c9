package io.coppice.engines.sparse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The C++ tests under the address and undefined-behaviour sanitizers. */
@Tag("slow")
class SanitizersTest {
  private static final Path SOURCES = Path.of("cpu").toAbsolutePath();

  @TempDir Path folder;

  @Test
  void findNothing() throws IOException, InterruptedException {
    Path program = folder.resolve("product_test");
    List<String> compile =
        new ArrayList<>(
            List.of("g++", "-std=c++17", "-O0", "-g", "-Wno-psabi", "-fopenmp", "-I", "."));
    compile.addAll(List.of("-fsanitize=address,undefined", "-fno-sanitize-recover=all"));
    compile.addAll(List.of("-o", program.toString()));
    Stream.of("abi", "conv2d", "index", "isa", "product", "test")
        .map(SOURCES::resolve)
        .flatMap(SanitizersTest::sources)
        .forEach(compile::add);
    assumeTrue(Command.canRun("g++", "--version"), "there is no C++ compiler");
    assertEquals("", Command.run(SOURCES, compile));
    String said = Command.run(SOURCES, List.of(program.toString()));
    assertTrue(
        said.matches("[1-9]\\d* products, [1-9]\\d* convolutions and [1-9]\\d* steps are right\n"),
        said);
  }

  private static Stream<String> sources(Path folder) {
    return Stream.of(folder.toFile().listFiles())
        .map(file -> file.getPath())
        .filter(path -> path.endsWith(".cpp"));
  }
}
