package io.coppice.engines.sparse.cuda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/** The files that are packed beside this package's classes. */
final class Resource {
  private Resource() {}

  static Optional<byte[]> find(String name) {
    try (InputStream in = Resource.class.getResourceAsStream(name)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
