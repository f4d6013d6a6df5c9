package io.coppice.datasets;

import io.coppice.framework.data.DataException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The files of a folder or of a zip archive, named by their relative paths with slashes. */
interface ImageFiles extends Closeable {
  /** The greatest file that is read, in bytes. */
  int GREATEST = 1 << 26;

  /** Every file's name and what marks its content, sorted by name. */
  SortedMap<String, String> marks() throws IOException;

  byte[] read(String name) throws IOException;

  /** Opens a folder or a zip archive. */
  static ImageFiles open(Path path) throws IOException {
    return Files.isDirectory(path) ? new Folder(path) : new Zip(path);
  }

  private static byte[] limited(InputStream in, String name) throws IOException {
    byte[] bytes = in.readNBytes(GREATEST + 1);
    if (bytes.length > GREATEST) {
      throw new DataException(name + " is larger than " + GREATEST + " bytes");
    }
    return bytes;
  }

  /** A folder; a file is marked by its size. */
  record Folder(Path root) implements ImageFiles {

    @Override
    public SortedMap<String, String> marks() throws IOException {
      List<Path> files = new ArrayList<>();
      try (Stream<Path> all = Files.walk(root)) {
        all.filter(Files::isRegularFile).forEach(files::add);
      }
      SortedMap<String, String> marks = new TreeMap<>();
      for (Path file : files) {
        String name = root.relativize(file).toString().replace('\\', '/');
        marks.put(name, Long.toString(Files.size(file)));
      }
      return marks;
    }

    @Override
    public byte[] read(String name) throws IOException {
      try (InputStream in = Files.newInputStream(root.resolve(name))) {
        return limited(in, root.resolve(name).toString());
      }
    }

    @Override
    public void close() {}
  }

  /** A zip archive; a file is marked by its size and CRC-32. */
  final class Zip implements ImageFiles {
    private final Path path;
    private final ZipFile zip;

    Zip(Path path) throws IOException {
      this.path = path;
      try {
        zip = new ZipFile(path.toFile());
      } catch (IllegalArgumentException e) {
        throw new DataException(path + " is corrupt: " + e.getMessage(), e);
      }
    }

    @Override
    public SortedMap<String, String> marks() {
      SortedMap<String, String> marks = new TreeMap<>();
      zip.stream()
          .filter(entry -> !entry.isDirectory() && !entry.getName().startsWith("__MACOSX/"))
          .forEach(entry -> marks.put(entry.getName(), entry.getSize() + " " + entry.getCrc()));
      return marks;
    }

    @Override
    public byte[] read(String name) throws IOException {
      ZipEntry entry = zip.getEntry(name);
      byte[] bytes;
      try (InputStream in = zip.getInputStream(entry)) {
        bytes = limited(in, path.resolve(name).toString());
      }
      CRC32 crc = new CRC32();
      crc.update(bytes);
      if (crc.getValue() != entry.getCrc()) {
        throw new DataException(path.resolve(name) + " is corrupt: its CRC-32 is another");
      }
      return bytes;
    }

    @Override
    public void close() throws IOException {
      zip.close();
    }
  }
}
