package io.coppice.datasets;

import ai.djl.ndarray.types.Shape;
import io.coppice.framework.data.DataException;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes PNG and JPEG to a byte per pixel and channel. What is transparent counts as black; 16-bit
 * pictures are reduced to 8 bits.
 *
 * @param channels 3 for red, green and blue, 1 for grey (Rec. 601 luma of a colour picture)
 */
record ImageDecoder(int channels) {
  private static final int GREATEST_SIDE = 4096;

  /** The shape [channels, height, width] that the file's header announces. */
  Shape shape(byte[] file, String name) {
    return withReader(file, name, (reader) -> shape(reader, name));
  }

  /**
   * The picture, [channels, height, width] in row-major order.
   *
   * @throws DataException when it is damaged or has another shape than {@code expected}
   */
  byte[] decode(byte[] file, String name, Shape expected) {
    return withReader(
        file,
        name,
        reader -> {
          Shape shape = shape(reader, name);
          if (!shape.equals(expected)) {
            throw new DataException(
                String.format(
                    "%s is %d×%d pixels; expected %d×%d, the size of the first picture: bring all"
                        + " to one size",
                    name, shape.get(2), shape.get(1), expected.get(2), expected.get(1)));
          }
          List<String> warnings = new ArrayList<>();
          reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
          BufferedImage image = reader.read(0);
          if (!warnings.isEmpty()) {
            throw new DataException(name + " is damaged: " + warnings.get(0));
          }
          return planes(image);
        });
  }

  private interface Reading<T> {
    T from(ImageReader reader) throws IOException;
  }

  private static <T> T withReader(byte[] file, String name, Reading<T> reading) {
    if (file.length == 0) {
      throw new DataException(name + " is empty");
    }
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new DataException(name + " is neither PNG nor JPEG, whatever its name says");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, true, true);
        return reading.from(reader);
      } finally {
        reader.dispose();
      }
    } catch (DataException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new DataException(name + " is corrupt: " + e.getMessage(), e);
    }
  }

  private Shape shape(ImageReader reader, String name) throws IOException {
    int width = reader.getWidth(0);
    int height = reader.getHeight(0);
    if (width < 1 || height < 1 || width > GREATEST_SIDE || height > GREATEST_SIDE) {
      throw new DataException(
          String.format(
              "%s is %d×%d pixels; allowed: 1 to %d on a side",
              name, width, height, GREATEST_SIDE));
    }
    return new Shape(channels, height, width);
  }

  private byte[] planes(BufferedImage image) {
    boolean grey =
        image.getRaster().getNumBands() <= 2 && !(image.getColorModel() instanceof IndexColorModel);
    int width = image.getWidth();
    int plane = width * image.getHeight();
    byte[] planes = new byte[channels * plane];
    for (int i = 0; i < plane; i++) {
      int rgb = grey ? grey(image, i % width, i / width) : colour(image, i % width, i / width);
      if (channels == 1) {
        planes[i] = (byte) (grey ? rgb & 0xff : luma(rgb));
      } else {
        planes[i] = (byte) (rgb >> 16);
        planes[plane + i] = (byte) (rgb >> 8);
        planes[2 * plane + i] = (byte) rgb;
      }
    }
    return planes;
  }

  /** A grey pixel's stored value; a colour model would bend it by a gamma curve. */
  private static int grey(BufferedImage image, int x, int y) {
    Raster raster = image.getRaster();
    double value = share(raster, x, y, 0);
    double opacity = raster.getNumBands() == 2 ? share(raster, x, y, 1) : 1;
    int level = (int) Math.round(255 * value * opacity);
    return level << 16 | level << 8 | level;
  }

  private static double share(Raster raster, int x, int y, int band) {
    double greatest = (1L << raster.getSampleModel().getSampleSize(band)) - 1;
    return raster.getSample(x, y, band) / greatest;
  }

  private static int colour(BufferedImage image, int x, int y) {
    int argb = image.getRGB(x, y);
    int opacity = argb >>> 24;
    return opacity == 255
        ? argb
        : (argb >> 16 & 0xff) * opacity / 255 << 16
            | (argb >> 8 & 0xff) * opacity / 255 << 8
            | (argb & 0xff) * opacity / 255;
  }

  private static int luma(int rgb) {
    return (int)
        Math.round(0.299 * (rgb >> 16 & 0xff) + 0.587 * (rgb >> 8 & 0xff) + 0.114 * (rgb & 0xff));
  }
}
