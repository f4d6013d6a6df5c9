package io.coppice.framework.storage;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Files that are wholly there or not at all, whenever the process is killed. Plain streams: a
 * channel would be closed by the interrupt that stops a training.
 */
public final class AtomicFile {
  private AtomicFile() {}

  /**
   * Writes the bytes to {@code NAME.part} beside the file, to the disk, and renames. One process at
   * a time may write a file.
   */
  public static void write(Path file, byte[] bytes) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try (FileOutputStream out = new FileOutputStream(part.toFile())) {
      out.write(bytes);
      out.getFD().sync();
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  public static byte[] read(Path file) throws IOException {
    try (FileInputStream in = new FileInputStream(file.toFile())) {
      return in.readAllBytes();
    }
  }
}
