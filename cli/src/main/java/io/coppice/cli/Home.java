package io.coppice.cli;

import java.nio.file.Path;
import java.util.Optional;

/** Coppice's own folder, which the launcher names. */
final class Home {
  private Home() {}

  static Path folder() {
    return Optional.ofNullable(System.getProperty("coppice.home"))
        .map(Path::of)
        .orElseThrow(
            () ->
                new IllegalStateException("coppice.home is not set; use the launcher './coppice'"));
  }
}
