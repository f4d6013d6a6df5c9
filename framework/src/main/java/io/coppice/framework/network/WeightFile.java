package io.coppice.framework.network;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.coppice.framework.data.DataException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Arrays by name in a safetensors file, bit for bit. */
final class WeightFile {
  private static final int PREFIX = Long.BYTES;

  private WeightFile() {}

  /**
   * The arrays of a file, in {@code manager}'s memory.
   *
   * @throws DataException when the file is absent or no whole safetensors file
   */
  static Map<String, NDArray> read(Path file, NDManager manager) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      checkLength(bytes);
      Map<String, NDArray> arrays = new LinkedHashMap<>();
      NDList.decode(manager, bytes).forEach(array -> arrays.put(array.getName(), array));
      return arrays;
    } catch (NoSuchFileException e) {
      throw new DataException("there is no weight file " + file, e);
    } catch (IOException | RuntimeException e) {
      throw new DataException(file + " is no whole safetensors file: " + e.getMessage(), e);
    }
  }

  /** Eight bytes of length, a header of that length, and the bytes that the header speaks of. */
  private static void checkLength(byte[] bytes) throws IOException {
    long header =
        bytes.length < PREFIX ? -1 : ByteBuffer.wrap(bytes).order(LITTLE_ENDIAN).getLong();
    if (header < 0 || header > bytes.length - PREFIX) {
      throw new IOException("its " + bytes.length + " bytes end within the header");
    }
    long end = PREFIX + header;
    for (JsonNode array : new ObjectMapper().readTree(bytes, PREFIX, (int) header)) {
      end = Math.max(end, PREFIX + header + array.path("data_offsets").path(1).asLong());
    }
    if (end != bytes.length) {
      throw new IOException("it has " + bytes.length + " bytes instead of " + end);
    }
  }
}
