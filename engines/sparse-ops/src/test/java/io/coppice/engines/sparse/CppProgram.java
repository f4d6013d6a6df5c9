package io.coppice.engines.sparse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * C++ that tests compile, as many sources at once as there are cores; a compiler that says anything
 * fails the test.
 *
 * @param objects the folder for what is compiled
 * @param options for the compiler and the linker
 */
record CppProgram(Path sources, Path objects, String compiler, List<String> options) {

  /** The names of all sources in some of the folders. */
  List<String> in(String... folders) throws IOException {
    List<String> names = new ArrayList<>();
    for (String folder : folders) {
      try (Stream<Path> files = Files.walk(sources.resolve(folder))) {
        files
            .map(file -> sources.relativize(file).toString())
            .filter(name -> name.endsWith(".cpp"))
            .sorted()
            .forEach(names::add);
      }
    }
    return names;
  }

  /** Compiles sources, each with some options of its own; gives the objects. */
  List<String> compile(List<String> names, Function<String, List<String>> own) throws Exception {
    ExecutorService compilers = Executors.newWorkStealingPool();
    List<String> compiled = new ArrayList<>();
    List<Future<String>> outputs = new ArrayList<>();
    for (String name : names) {
      String object = objects.resolve(name.replace('/', '_') + ".o").toString();
      List<String> command = new ArrayList<>(List.of(compiler, "-std=c++17", "-Wall", "-Wextra"));
      command.addAll(List.of("-I", ".", "-c", name, "-o", object));
      command.addAll(options);
      command.addAll(own.apply(name));
      compiled.add(object);
      outputs.add(compilers.submit(() -> Command.run(sources, command)));
    }
    compilers.shutdown();
    for (Future<String> output : outputs) {
      assertEquals("", output.get());
    }
    return compiled;
  }

  /** Compiles sources alike, links them and runs what came of it; gives all that it says. */
  String run(List<String> names, Function<String, List<String>> own) throws Exception {
    String program = objects.resolve("program").toString();
    List<String> link = new ArrayList<>(List.of(compiler));
    link.addAll(options);
    link.addAll(compile(names, own));
    link.addAll(List.of("-o", program));
    assertEquals("", Command.run(sources, link));
    return Command.run(sources, List.of(program));
  }
}
