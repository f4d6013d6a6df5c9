package io.coppice.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import io.coppice.framework.data.DataException;
import io.coppice.framework.data.Examples;
import io.coppice.framework.data.Parts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;

class CifarArchiveTest {
  private static final Normalisation PLAIN =
      new Normalisation(List.of(0.0, 0.0, 0.0), List.of(1 / 255.0, 1 / 255.0, 1 / 255.0));
  private static final int RECORD = 2 + 3072;
  private static final byte[] WHOLE = archive(Map.of());

  /**
   * Two training entries of two pictures and a test entry of one. The picture i of the entry
   * starting at {@code first} has the coarse label 9, the fine label first + i and its planes
   * filled with first + i, first + i + 1 and first + i + 2.
   */
  private static byte[] records(int first, int count) {
    byte[] records = new byte[count * RECORD];
    for (int i = 0; i < count; i++) {
      int at = i * RECORD;
      records[at] = 9;
      records[at + 1] = (byte) (first + i);
      for (int plane = 0; plane < 3; plane++) {
        int from = at + 2 + plane * 1024;
        Arrays.fill(records, from, from + 1024, (byte) (first + i + plane));
      }
    }
    return records;
  }

  /** The second training entry lies before the first: the order in the archive does not count. */
  private static byte[] archive(Map<String, byte[]> changes) {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("cifar/readme.html", new byte[] {1, 2, 3});
    entries.put("cifar/two.bin", records(2, 2));
    entries.put("cifar/one.bin", records(0, 2));
    entries.put("cifar/test.bin", records(3, 1));
    entries.putAll(changes);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        if (entry.getValue() != null) {
          TarArchiveEntry header = new TarArchiveEntry(entry.getKey());
          header.setSize(entry.getValue().length);
          tar.putArchiveEntry(header);
          tar.write(entry.getValue());
          tar.closeArchiveEntry();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Scratch.gzip(out.toByteArray());
  }

  private static Parts load(byte[] published, byte[] atHand) {
    try (Scratch scratch = new Scratch()) {
      scratch.write("set/cifar.tar.gz", atHand);
      Parts parts = cifar(published).load(scratch.folders(), 1, 0);
      Examples test = parts.test().get();
      return new Parts(parts.classes(), parts.train(), parts.validation(), () -> test);
    }
  }

  private static CifarArchive cifar(byte[] published) {
    return new CifarArchive(
        Scratch.published("cifar.tar.gz", published, false),
        List.of("cifar/one.bin", "cifar/two.bin"),
        2,
        "cifar/test.bin",
        1,
        2,
        4,
        PLAIN);
  }

  @Test
  void theFineLabelAndThePlanesAreRead() {
    Parts parts = load(WHOLE, WHOLE);
    assertEquals(4, parts.classes());
    assertEquals(3, parts.train().count());
    int[] labels = new int[4];
    System.arraycopy(parts.train().labels(), 0, labels, 0, 3);
    labels[3] = parts.validation().labels()[0];
    Arrays.sort(labels);
    assertArrayEquals(new int[] {0, 1, 2, 3}, labels);
    for (int i = 0; i < 3; i++) {
      for (int plane = 0; plane < 3; plane++) {
        int at = i * 3072 + plane * 1024;
        assertEquals(parts.train().labels()[i] + plane, parts.train().features()[at], 1e-4);
        assertEquals(parts.train().labels()[i] + plane, parts.train().features()[at + 1023], 1e-4);
      }
    }
    Examples test = parts.test().get();
    assertEquals(new Shape(3, 32, 32), test.sample());
    assertArrayEquals(new int[] {3}, test.labels());
  }

  @Test
  void theTestEntryIsNotReadBeforeItIsAskedFor() {
    byte[] damaged = archive(Map.of("cifar/test.bin", new byte[5]));
    try (Scratch scratch = new Scratch()) {
      scratch.write("set/cifar.tar.gz", damaged);
      Parts parts = cifar(damaged).load(scratch.folders(), 1, 0);
      DataException error = assertThrows(DataException.class, () -> parts.test().get());
      assertTrue(error.getMessage().contains("test.bin is truncated"), error.getMessage());
    }
  }

  @Test
  void everyDamageHasItsError() {
    Map<String, byte[]> without = new LinkedHashMap<>();
    without.put("cifar/two.bin", null);
    assertRefused(archive(without), "does not hold cifar/two.bin");
    assertRefused(archive(Map.of("cifar/one.bin", new byte[0])), "one.bin is empty");
    assertRefused(
        archive(Map.of("cifar/one.bin", new byte[6147])),
        "one.bin is truncated: it holds 6147 of 6148 bytes");
    assertRefused(archive(Map.of("cifar/one.bin", new byte[6149])), "one.bin is too long");
    assertRefused(
        archive(Map.of("cifar/one.bin", records(3, 2))),
        "one.bin has the label 4 for its example 1; expected 0 to 3");
    assertRefused(new byte[0], "cifar.tar.gz is empty");
    assertRefused(Arrays.copyOf(WHOLE, WHOLE.length / 2), "cifar.tar.gz is truncated");
    byte[] corrupt = WHOLE.clone();
    corrupt[WHOLE.length - 6] ^= 1;
    assertRefused(corrupt, "cifar.tar.gz is corrupt");
  }

  private static void assertRefused(byte[] atHand, String message) {
    DataException error = assertThrows(DataException.class, () -> load(atHand, atHand));
    assertTrue(error.getMessage().contains(message), error.getMessage());
  }

  @Test
  void anotherArchiveIsNotThePublishedOne() {
    DataException error =
        assertThrows(
            DataException.class,
            () -> load(WHOLE, archive(Map.of("cifar/readme.html", new byte[] {1}))));
    assertTrue(error.getMessage().contains("is not the published file"), error.getMessage());
  }

  @Provide
  Arbitrary<Mutation> mutations() {
    return Mutation.any();
  }

  @Property(tries = 300)
  void aDamagedArchiveIsRefusedInOneLine(@ForAll("mutations") Mutation mutation) {
    byte[] damaged = mutation.of(WHOLE);
    if (!Arrays.equals(damaged, WHOLE)) {
      assertEquals(
          1,
          assertThrows(DataException.class, () -> load(WHOLE, damaged))
              .getMessage()
              .lines()
              .count());
    }
  }

  /** Here the packing is whole, so that the damage reaches the reader of tar headers. */
  @Property(tries = 300)
  void aDamagedTarIsRefusedInOneLineOrRead(@ForAll("mutations") Mutation mutation)
      throws IOException {
    byte[] tar = new GZIPInputStream(new ByteArrayInputStream(WHOLE)).readAllBytes();
    byte[] damaged = Scratch.gzip(mutation.of(tar));
    try {
      assertEquals(3, load(damaged, damaged).train().count());
    } catch (DataException e) {
      assertEquals(1, e.getMessage().lines().count());
    }
  }
}
