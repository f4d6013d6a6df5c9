package io.coppice.framework.results;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A folder of files that appear whole: written under a temporary name, then renamed. */
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
      Files.createDirectories(folder);
      Path temporary = folder.resolve("." + name + "." + ProcessHandle.current().pid());
      try {
        Files.write(temporary, content);
        Files.move(
            temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(temporary);
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }
}
