package io.coppice.engines.sparse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The CUDA kernels on emulated threads, compiled by g++; no GPU is needed. */
class EmulatedKernelsTest {
  private static final Path SOURCES = Path.of("cuda").toAbsolutePath();

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
    assumeTrue(Command.canRun("g++", "--version"), "there is no C++ compiler");
    ExecutorService compilers = Executors.newWorkStealingPool();
    List<Future<String>> compiled = new ArrayList<>();
    List<String> link = command("g++", options);
    for (String source : sources()) {
      String object = folder.resolve(source.replace('/', '_') + ".o").toString();
      List<String> compile = command("g++", List.of("-std=c++17", "-Wall", "-Wextra", "-I", "."));
      compile.addAll(List.of("-Wno-unknown-pragmas", "-c", source, "-o", object));
      compile.addAll(options);
      if (source.startsWith("emulation/")) {
        compile.add("-O2");
      }
      link.add(object);
      compiled.add(compilers.submit(() -> Command.run(SOURCES, compile)));
    }
    compilers.shutdown();
    for (Future<String> said : compiled) {
      assertEquals("", said.get());
    }
    String program = folder.resolve("kernels_test").toString();
    link.addAll(List.of("-o", program));
    assertEquals("", Command.run(SOURCES, link));
    String said = Command.run(SOURCES, List.of(program));
    assertTrue(said.matches("(?s).*[1-9]\\d* cases are right\n"), said);
  }

  private static List<String> command(String program, List<String> options) {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(options);
    return command;
  }

  private static List<String> sources() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files
          .map(file -> SOURCES.relativize(file).toString())
          .filter(name -> name.endsWith(".cpp"))
          .sorted()
          .toList();
    }
  }
}
