package io.coppice.datasets.files;

import io.coppice.framework.data.DataException;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;

/** A plain or gzipped file that is read once, unpacked, while its checksum is computed. */
public final class CheckedFile implements Closeable {
  private static final int BUFFER = 1 << 16;

  private final Path path;
  private final Checksum checksum;
  private final MessageDigest digest;
  private final InputStream packed;
  private final InputStream unpacked;

  /**
   * Opens a file.
   *
   * @throws DataException when the file is empty
   */
  public CheckedFile(Path path, Checksum checksum) throws IOException {
    this.path = path;
    this.checksum = checksum;
    this.digest = checksum.digest();
    InputStream file = new BufferedInputStream(Files.newInputStream(path), BUFFER);
    packed = checksum.unpacked() ? file : new DigestInputStream(file, digest);
    try {
      InputStream content = gzipped(path) ? new GZIPInputStream(packed, BUFFER) : packed;
      unpacked = checksum.unpacked() ? new DigestInputStream(content, digest) : content;
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static boolean gzipped(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] magic = in.readNBytes(2);
      if (magic.length == 0) {
        throw new DataException(path + " is empty");
      }
      return magic.length == 2 && magic[0] == 0x1f && magic[1] == (byte) 0x8b;
    }
  }

  /** The unpacked bytes. */
  public InputStream stream() {
    return unpacked;
  }

  /**
   * Reads what is left and compares the checksum.
   *
   * @throws DataException when the file is not the published one
   * @throws EOFException when it is truncated
   */
  public void verify() throws IOException {
    unpacked.transferTo(OutputStream.nullOutputStream());
    packed.transferTo(OutputStream.nullOutputStream());
    String found = HexFormat.of().formatHex(digest.digest());
    if (!found.equals(checksum.hex())) {
      throw new DataException(
          path + " is not the published file: expected " + checksum + ", found " + found);
    }
  }

  @Override
  public void close() throws IOException {
    unpacked.close();
  }
}
