package io.coppice.engines.sparse.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CubinCacheTest {
  private static final byte[] CODE = {127, 'E', 'L', 'F', 0, -1, 42};

  @TempDir Path folder;

  private int compilations;

  private byte[] code(String key) {
    return new CubinCache(folder)
        .code(
            key,
            () -> {
              compilations++;
              return CODE;
            });
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  @Test
  void compilesOnce() throws IOException {
    assertArrayEquals(CODE, code("a kernel for sm_90"));
    assertArrayEquals(CODE, code("a kernel for sm_90"));
    assertEquals(1, compilations);
    assertEquals(1, files().size());
  }

  @Test
  void compilesEachKeyByItself() throws IOException {
    code("a kernel for sm_90");
    code("a kernel for sm_80");
    assertEquals(2, compilations);
    assertEquals(2, files().size());
  }

  @Test
  void compilesAgainWhatIsDamaged() throws IOException {
    code("a kernel");
    Path file = files().get(0);
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertArrayEquals(CODE, code("a kernel"));
      assertArrayEquals(whole, Files.readAllBytes(file));
    }
    byte[] flipped = whole.clone();
    flipped[whole.length - 1] ^= 1;
    Files.write(file, flipped);
    assertArrayEquals(CODE, code("a kernel"));
    assertEquals(whole.length + 2, compilations);
  }

  @Test
  void servesWithoutAFolderToWriteTo() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    CubinCache cache = new CubinCache(file.resolve("below"));
    assertArrayEquals(CODE, cache.code("a kernel", () -> CODE));
  }
}
