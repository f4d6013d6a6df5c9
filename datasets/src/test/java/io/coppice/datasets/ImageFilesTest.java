package io.coppice.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coppice.framework.data.DataException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

class ImageFilesTest {
  private static final byte[] ABC = "abc".getBytes(StandardCharsets.US_ASCII);

  /** An archive whose entry is stored as it is, its bytes changed after its checksum was taken. */
  private static byte[] stored(byte[] content, byte[] instead) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(content);
    ZipEntry entry = new ZipEntry("a/b.png");
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(crc.getValue());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(entry);
      zip.write(content);
    }
    String text = out.toString(StandardCharsets.ISO_8859_1);
    return text.replace(
            new String(content, StandardCharsets.ISO_8859_1),
            new String(instead, StandardCharsets.ISO_8859_1))
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void anArchivesEntryIsReadWhenItsChecksumIsRight() throws IOException {
    try (Scratch scratch = new Scratch();
        ImageFiles files = ImageFiles.open(scratch.write("a.zip", stored(ABC, ABC)))) {
      assertEquals(List.of("a/b.png"), List.copyOf(files.marks().keySet()));
      assertArrayEquals(ABC, files.read("a/b.png"));
    }
  }

  @Test
  void anArchivesEntryWithAnotherChecksumIsRefused() throws IOException {
    byte[] changed = stored(ABC, new byte[] {'a', 'b', 'd'});
    try (Scratch scratch = new Scratch();
        ImageFiles files = ImageFiles.open(scratch.write("a.zip", changed))) {
      DataException error = assertThrows(DataException.class, () -> files.read("a/b.png"));
      assertTrue(error.getMessage().endsWith("is corrupt: its CRC-32 is another"));
    }
  }

  @Test
  void aFoldersFilesAreNamedWithSlashesAndMarkedByTheirSize() throws IOException {
    try (Scratch scratch = new Scratch()) {
      scratch.write("set/a/b.png", ABC);
      try (ImageFiles files = ImageFiles.open(scratch.folder().resolve("set"))) {
        assertEquals("3", files.marks().get("a/b.png"));
        assertArrayEquals(ABC, files.read("a/b.png"));
      }
    }
  }
}
