package io.coppice.notebooks.kernel;

import io.coppice.framework.recipe.Require;
import io.github.spencerpark.jupyter.kernel.magic.registry.Magics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** {@code %jars} and {@code %classpath}: what is on this machine's disk. */
final class ClassPathMagics {
  private final Consumer<Path> classPath;

  ClassPathMagics(Consumer<Path> classPath) {
    this.classPath = classPath;
  }

  void register(Magics magics) {
    magics.registerLineMagic("jars", arguments -> add("%jars", arguments, true));
    magics.registerLineMagic("classpath", arguments -> add("%classpath", arguments, false));
  }

  private Object add(String magic, List<String> globs, boolean filesOnly) {
    Require.that(!globs.isEmpty(), magic, "nothing", "paths, which may hold * and ?");
    for (String glob : globs) {
      List<Path> found =
          Settings.matching(glob).stream()
              .filter(path -> !filesOnly || Files.isRegularFile(path))
              .toList();
      Require.that(!found.isEmpty(), magic, glob, "a path to something that exists");
      found.forEach(classPath);
    }
    return null;
  }
}
