package io.coppice.notebooks.kernel;

import io.coppice.framework.recipe.Require;
import io.github.spencerpark.jupyter.kernel.magic.registry.Magics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * {@code %jars} and {@code %classpath}: what is on this machine's disk. Both give the paths that
 * they added, as IJava's do.
 */
final class ClassPathMagics {
  private final Consumer<Path> classPath;

  ClassPathMagics(Consumer<Path> classPath) {
    this.classPath = classPath;
  }

  void register(Magics magics) {
    magics.registerLineMagic("jars", this::jars);
    magics.registerLineMagic("classpath", this::classPath);
  }

  /** Files, and of folders the jars in them. */
  private List<String> jars(List<String> globs) {
    return add(
        "%jars", globs, path -> Files.isDirectory(path) ? Globs.jarsIn(path) : Stream.of(path));
  }

  private List<String> classPath(List<String> globs) {
    return add("%classpath", globs, Stream::of);
  }

  private List<String> add(String magic, List<String> globs, Function<Path, Stream<Path>> entries) {
    Require.that(!globs.isEmpty(), magic, "nothing", "paths, which may hold * and ?");
    List<String> added = new ArrayList<>();
    for (String glob : globs) {
      List<Path> found = Globs.matching(glob).stream().flatMap(entries).toList();
      Require.that(!found.isEmpty(), magic, glob, "a path to something that exists");
      found.forEach(classPath);
      found.forEach(path -> added.add(path.toAbsolutePath().toString()));
    }
    return added;
  }
}
