package io.coppice.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import io.coppice.framework.data.DataException;
import io.coppice.framework.data.Examples;
import io.coppice.framework.data.Parts;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class IdxPicturesTest {
  private static final Normalisation PLAIN = new Normalisation(List.of(0.0), List.of(1 / 255.0));
  private static final byte[] TRAIN_IMAGES = images(20);
  private static final byte[] TRAIN_LABELS = labels(20);
  private static final byte[] TEST_IMAGES = images(5);
  private static final byte[] TEST_LABELS = labels(5);

  /** Pictures of 2×2 pixels; all pixels of picture i are i. */
  private static byte[] images(int count) {
    ByteBuffer file = ByteBuffer.allocate(16 + 4 * count);
    file.putInt(0x803).putInt(count).putInt(2).putInt(2);
    for (int i = 0; i < count; i++) {
      file.putInt(i * 0x01010101);
    }
    return file.array();
  }

  /** Picture i is of the class i mod 10. */
  private static byte[] labels(int count) {
    ByteBuffer file = ByteBuffer.allocate(8 + count).putInt(0x801).putInt(count);
    for (int i = 0; i < count; i++) {
      file.put((byte) (i % 10));
    }
    return file.array();
  }

  private static IdxPictures pictures() {
    return pictures(TRAIN_IMAGES, TRAIN_LABELS, TEST_IMAGES);
  }

  private static IdxPictures pictures(byte[] trainImages, byte[] trainLabels, byte[] testImages) {
    return new IdxPictures(
        new IdxPictures.Files(
            Scratch.published("train-images.gz", trainImages, true),
            Scratch.published("train-labels.gz", trainLabels, true),
            20),
        new IdxPictures.Files(
            Scratch.published("test-images.gz", testImages, true),
            Scratch.published("test-labels.gz", TEST_LABELS, true),
            5),
        2,
        PLAIN);
  }

  private static void write(Scratch scratch) {
    scratch.write("set/train-images.gz", Scratch.gzip(TRAIN_IMAGES));
    scratch.write("set/train-labels", TRAIN_LABELS);
    scratch.write("set/test-images", TEST_IMAGES);
    scratch.write("set/test-labels.gz", Scratch.gzip(TEST_LABELS));
  }

  @Test
  void packedAndPlainFilesMakeTheParts() {
    try (Scratch scratch = new Scratch()) {
      write(scratch);
      Parts parts = pictures().load(scratch.folders(), 10, 3);
      assertEquals(10, parts.classes());
      for (Examples part : List.of(parts.train(), parts.validation())) {
        assertEquals(new Shape(1, 2, 2), part.sample());
        int[] sorted = part.labels().clone();
        Arrays.sort(sorted);
        assertArrayEquals(new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, sorted);
        for (int i = 0; i < part.count(); i++) {
          assertEquals(part.labels()[i], Math.round(part.features()[4 * i]) % 10);
        }
      }
      Examples test = parts.test().get();
      assertArrayEquals(new int[] {0, 1, 2, 3, 4}, test.labels());
      assertEquals(4, test.features()[19], 1e-5);
    }
  }

  @Test
  void theTestPartIsNotReadBeforeItIsAskedFor() {
    try (Scratch scratch = new Scratch()) {
      write(scratch);
      scratch.write("set/test-images", new byte[] {1, 2, 3, 4});
      Parts parts = pictures().load(scratch.folders(), 10, 3);
      DataException error = assertThrows(DataException.class, () -> parts.test().get());
      assertTrue(error.getMessage().contains("test-images has the wrong magic number"));
    }
  }

  @Test
  void anAbsentTestFileIsMissedBeforeTheTraining() throws Exception {
    try (Scratch scratch = new Scratch()) {
      write(scratch);
      Files.delete(scratch.folder().resolve("set/test-images"));
      DataException error =
          assertThrows(DataException.class, () -> pictures().load(scratch.folders(), 10, 3));
      assertTrue(error.getMessage().startsWith("test-images.gz ("), error.getMessage());
    }
  }

  @Test
  void otherBytesOfTheRightFormAreNotThePublishedFile() {
    try (Scratch scratch = new Scratch()) {
      write(scratch);
      byte[] other = TRAIN_IMAGES.clone();
      other[50] ^= 1;
      scratch.write("set/train-images.gz", Scratch.gzip(other));
      DataException error =
          assertThrows(DataException.class, () -> pictures().load(scratch.folders(), 10, 3));
      assertTrue(error.getMessage().contains("is not the published file"), error.getMessage());
    }
  }

  @Test
  void aLabelThatIsNoClassIsRefused() {
    try (Scratch scratch = new Scratch()) {
      write(scratch);
      byte[] other = TRAIN_LABELS.clone();
      other[8 + 6] = 10;
      scratch.write("set/train-labels", other);
      IdxPictures published = pictures(TRAIN_IMAGES, other, TEST_IMAGES);
      DataException error =
          assertThrows(DataException.class, () -> published.load(scratch.folders(), 10, 3));
      assertTrue(
          error.getMessage().endsWith("has the label 10 for its example 6; expected 0 to 9"),
          error.getMessage());
    }
  }

  @Provide
  Arbitrary<Mutation> mutations() {
    return Mutation.any();
  }

  /**
   * A packing may carry a harmless change; then the unpacked bytes are still the published ones.
   */
  @Property(tries = 300)
  void aDamagedPackedFileIsRefusedInOneLineOrIsStillTheSame(
      @ForAll("mutations") Mutation mutation) {
    try (Scratch scratch = new Scratch()) {
      write(scratch);
      Parts whole = pictures().load(scratch.folders(), 10, 3);
      scratch.write("set/train-images.gz", mutation.of(Scratch.gzip(TRAIN_IMAGES)));
      try {
        assertEquals(whole.train(), pictures().load(scratch.folders(), 10, 3).train());
      } catch (DataException e) {
        assertTrue(e.getMessage().contains("train-images.gz "), e.getMessage());
        assertEquals(1, e.getMessage().lines().count());
      }
    }
  }
}
