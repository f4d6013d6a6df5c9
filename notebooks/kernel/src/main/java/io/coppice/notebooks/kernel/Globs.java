package io.coppice.notebooks.kernel;

import io.github.spencerpark.jupyter.kernel.util.GlobFinder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What is at a path that may hold {@code *} and {@code ?}. */
final class Globs {
  private Globs() {}

  /** In the alphabet's order; empty where nothing is. */
  static List<Path> matching(String glob) {
    List<Path> found = new ArrayList<>();
    try {
      new GlobFinder(glob).computeMatchingPaths().forEach(found::add);
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found.stream().sorted().toList();
  }

  /** The jars right in a folder, in the alphabet's order. */
  static Stream<Path> jarsIn(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
