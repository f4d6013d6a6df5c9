package io.coppice.engines.sparse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Platform;
import io.coppice.testing.Needs;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryFileTest {
  @TempDir Path folder;

  private Path library(Path cache) throws IOException {
    Optional<Path> file = LibraryFile.in(cache).map(LibraryFile::path);
    Needs.that(file.isPresent(), "there was no C++ compiler");
    return file.get();
  }

  @Test
  void isBuiltWhereThereIsACompiler() throws IOException {
    boolean compiler =
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(path -> Files.isExecutable(Path.of(path, "g++")));
    assumeTrue(compiler && Platform.isLinux());
    assertTrue(
        LibraryFile.in(folder).isPresent(),
        "g++ is there; see target/cpu/compiler.log of the build");
  }

  @Test
  void liesInTheCacheUnderItsHashAlone() throws IOException {
    Path cache = folder.resolve("a/b");
    Path file = library(cache);
    assertTrue(file.getFileName().toString().matches("libcoppice_sparse-[0-9a-f]{24}\\.so"));
    try (Stream<Path> files = Files.list(cache)) {
      assertEquals(List.of(file), files.toList());
    }
  }

  @Test
  void isWrittenOnce() throws IOException {
    Path file = library(folder);
    FileTime longAgo = FileTime.fromMillis(1_000_000);
    Files.setLastModifiedTime(file, longAgo);
    assertEquals(file, library(folder));
    assertEquals(longAgo, Files.getLastModifiedTime(file));
  }

  @Test
  void isWrittenAgainWhereItIsDamaged() throws IOException {
    Path file = library(folder);
    byte[] whole = Files.readAllBytes(file);
    byte[] changed = whole.clone();
    changed[changed.length / 2] ^= 1;
    for (byte[] damage : new byte[][] {{}, Arrays.copyOf(whole, whole.length / 2), changed}) {
      Files.write(file, damage);
      assertArrayEquals(whole, Files.readAllBytes(library(folder)));
    }
  }
}
