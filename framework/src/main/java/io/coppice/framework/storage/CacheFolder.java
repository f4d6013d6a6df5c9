package io.coppice.framework.storage;

import java.nio.file.Path;
import java.util.Optional;

/** Where Coppice keeps what it can get or make again. */
public final class CacheFolder {
  private CacheFolder() {}

  /**
   * {@code COPPICE_CACHE}, or the system property {@code coppice.cache}, which comes first;
   * otherwise the folder of this name in {@code ~/.cache/coppice}.
   */
  public static Path of(String name) {
    return Optional.ofNullable(System.getProperty("coppice.cache", System.getenv("COPPICE_CACHE")))
        .filter(value -> !value.isBlank())
        .map(Path::of)
        .orElse(Path.of(System.getProperty("user.home"), ".cache", "coppice", name));
  }
}
