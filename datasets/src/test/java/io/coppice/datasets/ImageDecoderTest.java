package io.coppice.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import io.coppice.framework.data.DataException;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ImageDecoderTest {
  private static final ImageDecoder COLOUR = new ImageDecoder(3);
  private static final ImageDecoder GREY = new ImageDecoder(1);
  private static final byte[] PNG = noise("png");
  private static final byte[] JPEG = noise("jpg");

  private static byte[] noise(String format) {
    BufferedImage image = new BufferedImage(20, 10, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 200; i++) {
      image.setRGB(i % 20, i / 20, i * 1_234_567 & 0xffffff);
    }
    return PictureFile.encoded(format, image);
  }

  @Test
  void colourComesInPlanes() {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, 0x010203);
    image.setRGB(1, 0, 0xf0e0d0);
    byte[] planes = COLOUR.decode(PictureFile.encoded("png", image), "a.png", new Shape(3, 1, 2));
    assertArrayEquals(new byte[] {1, (byte) 0xf0, 2, (byte) 0xe0, 3, (byte) 0xd0}, planes);
  }

  @Test
  void colourBecomesGreyByItsLuma() {
    byte[] file = PictureFile.colour("png", 1, 1, 0x6496c8);
    int luma = (int) Math.round(0.299 * 100 + 0.587 * 150 + 0.114 * 200);
    assertArrayEquals(new byte[] {(byte) luma}, GREY.decode(file, "a.png", new Shape(1, 1, 1)));
  }

  @Test
  void greyIsReadAsStored() {
    for (int type : new int[] {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY}) {
      BufferedImage image = new BufferedImage(1, 1, type);
      image.getRaster().setSample(0, 0, 0, type == BufferedImage.TYPE_BYTE_GRAY ? 77 : 77 * 257);
      byte[] file = PictureFile.encoded("png", image);
      assertArrayEquals(new byte[] {77}, GREY.decode(file, "a.png", new Shape(1, 1, 1)));
      assertArrayEquals(new byte[] {77, 77, 77}, COLOUR.decode(file, "a", new Shape(3, 1, 1)));
    }
  }

  @Test
  void whatIsTransparentIsBlack() {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0x00ffffff);
    image.setRGB(1, 0, 0xff0a0b0c);
    byte[] file = PictureFile.encoded("png", image);
    assertArrayEquals(
        new byte[] {0, 10, 0, 11, 0, 12}, COLOUR.decode(file, "a", new Shape(3, 1, 2)));
  }

  @Test
  void jpegIsDecodedWithinItsLoss() {
    byte[] file = PictureFile.colour("jpg", 16, 16, 0x6496c8);
    byte[] planes = COLOUR.decode(file, "a.jpg", new Shape(3, 16, 16));
    int[] expected = {100, 150, 200};
    IntStream.range(0, 3 * 256).forEach(i -> assertEquals(expected[i / 256], planes[i] & 0xff, 3));
  }

  @Test
  void everyDamageHasItsError() {
    assertRefused(new byte[0], "a.png is empty");
    assertRefused("no picture".getBytes(StandardCharsets.US_ASCII), "is neither PNG nor JPEG");
    assertRefused(Arrays.copyOf(PNG, PNG.length / 2), "a.png is corrupt");
    assertRefused(Arrays.copyOf(JPEG, JPEG.length / 2), "a.png is corrupt");
    assertRefused(Arrays.copyOf(JPEG, JPEG.length - 100), "a.png is damaged");
    assertRefused(PictureFile.colour("png", 3, 2, 0), "a.png is 3×2 pixels; expected 20×10");
    byte[] huge = PNG.clone();
    huge[16] = 0x7f;
    assertRefused(huge, "pixels; allowed: 1 to 4096 on a side");
  }

  private static void assertRefused(byte[] file, String message) {
    DataException error =
        assertThrows(DataException.class, () -> COLOUR.decode(file, "a.png", new Shape(3, 10, 20)));
    assertTrue(error.getMessage().contains(message), error.getMessage());
  }

  @Provide
  Arbitrary<Mutation> mutations() {
    return Mutation.any();
  }

  @Property(tries = 500)
  void aDamagedPngIsRefusedOrDecodedWhole(@ForAll("mutations") Mutation mutation) {
    assertRefusedOrWhole(mutation.of(PNG));
  }

  @Property(tries = 500)
  void aDamagedJpegIsRefusedOrDecodedWhole(@ForAll("mutations") Mutation mutation) {
    assertRefusedOrWhole(mutation.of(JPEG));
  }

  private static void assertRefusedOrWhole(byte[] file) {
    try {
      assertEquals(600, COLOUR.decode(file, "a.png", new Shape(3, 10, 20)).length);
    } catch (DataException e) {
      assertTrue(e.getMessage().startsWith("a.png "), e.getMessage());
    }
  }
}
