package io.coppice.datasets;

import io.coppice.datasets.files.Checksum;
import io.coppice.datasets.files.DataFolders;
import io.coppice.datasets.files.PublishedFile;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** A folder for a test's files, deleted in the end; it stands for {@code COPPICE_DATA}. */
final class Scratch implements Closeable {
  private final Path folder;

  Scratch() {
    try {
      folder = Files.createTempDirectory("coppice-datasets");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path write(String name, byte[] content) {
    try {
      Path path = folder.resolve(name);
      Files.createDirectories(path.getParent());
      return Files.write(path, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path folder() {
    return folder;
  }

  DataFolders folders() {
    return new DataFolders(
        Optional.of(folder),
        folder.resolve("cache"),
        Optional.empty(),
        Duration.ofSeconds(1),
        (file, bytes) -> {});
  }

  /** A file that counts as published with this content. */
  static PublishedFile published(String name, byte[] content, boolean unpacked) {
    try {
      String hex = HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
      return new PublishedFile(
          "set",
          name,
          URI.create("http://localhost:1/" + name),
          content.length,
          new Checksum("MD5", hex, unpacked));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static byte[] gzip(byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  @Override
  public void close() {
    try (Stream<Path> paths = Files.walk(folder)) {
      List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
