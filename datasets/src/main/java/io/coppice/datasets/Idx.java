package io.coppice.datasets;

import io.coppice.framework.data.DataException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * The IDX format of MNIST: two zero bytes, the type (8: unsigned byte), the number of dimensions,
 * every dimension as a big-endian 32-bit integer, then the values.
 */
final class Idx {
  private static final int UNSIGNED_BYTE = 8;

  private Idx() {}

  /**
   * Reads the values of an array with these dimensions, in row-major order.
   *
   * @param file the name in errors
   * @throws DataException when the file holds anything else
   */
  static byte[] read(InputStream in, String file, int... dimensions) throws IOException {
    ByteBuffer header = ByteBuffer.wrap(in.readNBytes(4 + 4 * dimensions.length));
    if (header.limit() == 0) {
      throw new DataException(file + " is empty");
    } else if (header.limit() < 4) {
      throw new DataException(file + " is truncated: it ends within its magic number");
    }
    int magic = header.getInt();
    int expected = UNSIGNED_BYTE << 8 | dimensions.length;
    if (magic != expected) {
      throw new DataException(
          String.format(
              "%s has the wrong magic number 0x%08x; expected 0x%08x, an IDX file of bytes with %d"
                  + " dimensions",
              file, magic, expected, dimensions.length));
    }
    int size = 1;
    for (int i = 0; i < dimensions.length; i++) {
      if (header.remaining() < 4) {
        throw new DataException(file + " is truncated: it ends within its dimensions");
      }
      check(header.getInt(), dimensions[i], i, file);
      size = Math.multiplyExact(size, dimensions[i]);
    }
    return values(in, file, size);
  }

  private static void check(int found, int expected, int dimension, String file) {
    if (found < 0) {
      throw new DataException(
          file + " has the negative count " + found + " as its dimension " + dimension);
    } else if (found != expected) {
      throw new DataException(
          file
              + " has the wrong length "
              + found
              + " as its dimension "
              + dimension
              + "; expected "
              + expected);
    }
  }

  private static byte[] values(InputStream in, String file, int size) throws IOException {
    byte[] values;
    try {
      values = in.readNBytes(size);
    } catch (EOFException e) {
      throw new DataException(
          file + " is truncated: its packed bytes end before the " + size + " that it promises", e);
    }
    if (values.length < size) {
      throw new DataException(
          file + " is truncated: it promises " + size + " bytes and holds " + values.length);
    } else if (in.read() >= 0) {
      throw new DataException(file + " is too long: more than the " + size + " bytes it promises");
    }
    return values;
  }
}
