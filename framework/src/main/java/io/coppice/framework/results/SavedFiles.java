package io.coppice.framework.results;

import io.coppice.framework.storage.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A folder of files that appear whole, and say which could not be written. */
final class SavedFiles {
  private final Path folder;

  SavedFiles(Path folder) {
    this.folder = folder;
  }

  Path write(String name, String text) {
    return write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  Path write(String name, byte[] content) {
    Path file = folder.resolve(name);
    try {
      AtomicFile.write(file, content);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }
}
