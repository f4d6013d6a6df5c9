package io.coppice.datasets.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coppice.framework.data.DataException;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckedFileTest {
  private static final byte[] ABC = "abc".getBytes(StandardCharsets.US_ASCII);

  /** The digests of "abc" in RFC 1321 and FIPS 180-2. */
  private static final String MD5 = "900150983cd24fb0d6963f7d28e17f72";

  private static final String SHA256 =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @TempDir Path folder;

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("file"), bytes);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private static byte[] readAndVerify(Path path, Checksum checksum) throws IOException {
    try (CheckedFile file = new CheckedFile(path, checksum)) {
      byte[] bytes = file.stream().readAllBytes();
      file.verify();
      return bytes;
    }
  }

  @Test
  void aPlainAndAGzippedFileHaveTheSameUnpackedChecksum() throws IOException {
    assertArrayEquals(ABC, readAndVerify(file(ABC), Checksum.md5Unpacked(MD5)));
    assertArrayEquals(ABC, readAndVerify(file(gzip(ABC)), Checksum.md5Unpacked(MD5)));
  }

  @Test
  void aFileMayBeCheckedAsItIs() throws IOException {
    assertArrayEquals(ABC, readAndVerify(file(ABC), Checksum.md5(MD5)));
    assertArrayEquals(ABC, readAndVerify(file(ABC), Checksum.sha256(SHA256)));
    Path packed = file(gzip(ABC));
    assertThrows(DataException.class, () -> readAndVerify(packed, Checksum.md5(MD5)));
  }

  @Test
  void theUnreadRestCounts() throws IOException {
    try (CheckedFile file = new CheckedFile(file(ABC), Checksum.sha256(SHA256))) {
      file.stream().read();
      file.verify();
    }
  }

  @Test
  void anotherFileIsRefusedWithBothChecksums() throws IOException {
    Path other = file("abd".getBytes(StandardCharsets.US_ASCII));
    DataException error =
        assertThrows(DataException.class, () -> readAndVerify(other, Checksum.md5(MD5)));
    assertTrue(error.getMessage().contains("expected MD5 " + MD5), error.getMessage());
    assertTrue(error.getMessage().contains("4911e516e5aa21d327512e0c8b197616"));
  }

  @Test
  void emptyTruncatedAndCorruptFilesEachHaveTheirError() throws IOException {
    Path empty = file(new byte[0]);
    DataException error =
        assertThrows(DataException.class, () -> readAndVerify(empty, Checksum.md5(MD5)));
    assertTrue(error.getMessage().endsWith(" is empty"), error.getMessage());

    byte[] packed = gzip(ABC);
    Path cut = file(Arrays.copyOf(packed, packed.length - 9));
    assertThrows(EOFException.class, () -> readAndVerify(cut, Checksum.md5Unpacked(MD5)));

    packed[packed.length - 7] ^= 1;
    Path corrupt = file(packed);
    assertThrows(ZipException.class, () -> readAndVerify(corrupt, Checksum.md5Unpacked(MD5)));
  }
}
