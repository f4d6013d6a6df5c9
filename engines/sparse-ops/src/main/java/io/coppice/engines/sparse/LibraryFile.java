package io.coppice.engines.sparse;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** The native library as a file in the user's cache, named by the hash of its bytes. */
final class LibraryFile {
  private static final String RESOURCE = "libcoppice_sparse.so";
  private static final int HASH_BYTES = 12;

  private LibraryFile() {}

  /**
   * The library that was built with this module, or empty where there was no compiler; it is
   * written to the cache unless it lies there.
   */
  static Optional<Path> in(Path cache) throws IOException {
    try (InputStream resource = LibraryFile.class.getResourceAsStream(RESOURCE)) {
      return resource == null
          ? Optional.empty()
          : Optional.of(cached(resource.readAllBytes(), cache));
    }
  }

  private static Path cached(byte[] bytes, Path cache) throws IOException {
    Path file = cache.resolve("libcoppice_sparse-" + hash(bytes) + ".so");
    if (!Files.exists(file)) {
      Files.createDirectories(cache);
      Path part = Files.createTempFile(cache, "libcoppice_sparse", ".part");
      try {
        Files.write(part, bytes);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(part);
      }
    }
    return file;
  }

  private static String hash(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }

  /**
   * {@code COPPICE_CACHE}, or the system property {@code coppice.cache}, which comes first;
   * otherwise {@code ~/.cache/coppice/native}.
   */
  static Path standardCache() {
    return Optional.ofNullable(System.getProperty("coppice.cache", System.getenv("COPPICE_CACHE")))
        .filter(value -> !value.isBlank())
        .map(Path::of)
        .orElse(Path.of(System.getProperty("user.home"), ".cache", "coppice", "native"));
  }
}
