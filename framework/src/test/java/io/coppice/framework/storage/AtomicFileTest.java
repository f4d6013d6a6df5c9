package io.coppice.framework.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir Path folder;

  @Test
  void writesIntoANewFolderAndReplaces() throws IOException {
    Path file = folder.resolve("a/b/weights");
    AtomicFile.write(file, new byte[] {1, 2, 3});
    AtomicFile.write(file, new byte[] {4});
    assertArrayEquals(new byte[] {4}, AtomicFile.read(file));
    assertEquals(List.of(file), files(file.getParent()));
  }

  @Test
  void aFailedWriteLeavesNothing() throws IOException {
    Path inTheWay = folder.resolve("taken");
    Files.createDirectories(inTheWay.resolve("full"));
    assertThrows(IOException.class, () -> AtomicFile.write(inTheWay, new byte[] {1}));
    assertEquals(List.of(inTheWay), files(folder));
  }

  @Test
  void whatAKilledProcessLeftIsRemoved() throws IOException {
    Files.write(folder.resolve(".weights.4711.part"), new byte[] {1});
    Path other = Files.write(folder.resolve("weights"), new byte[] {2});
    AtomicFile.removeParts(folder);
    assertEquals(List.of(other), files(folder));
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
