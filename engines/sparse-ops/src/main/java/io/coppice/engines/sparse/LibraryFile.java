package io.coppice.engines.sparse;

import io.coppice.framework.recipe.Sha256;
import io.coppice.framework.storage.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * The native library as a file in the user's cache, named by the hash of its bytes.
 *
 * @param hash its first digits
 */
record LibraryFile(Path path, String hash) {
  private static final String RESOURCE = "libcoppice_sparse.so";
  private static final int HASH_DIGITS = 24;

  /**
   * The library that was built with this module, or empty where there was no compiler; it is
   * written to the cache unless it lies there whole.
   */
  static Optional<LibraryFile> in(Path cache) throws IOException {
    try (InputStream resource = LibraryFile.class.getResourceAsStream(RESOURCE)) {
      return resource == null
          ? Optional.empty()
          : Optional.of(cached(resource.readAllBytes(), cache));
    }
  }

  private static LibraryFile cached(byte[] bytes, Path cache) throws IOException {
    String hash = Sha256.hex(bytes).substring(0, HASH_DIGITS);
    Path file = cache.resolve("libcoppice_sparse-" + hash + ".so");
    if (!Files.exists(file) || !Arrays.equals(AtomicFile.read(file), bytes)) {
      AtomicFile.write(file, bytes);
    }
    return new LibraryFile(file, hash);
  }
}
