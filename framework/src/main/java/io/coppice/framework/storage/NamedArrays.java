package io.coppice.framework.storage;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/** Arrays by name as the bytes of a safetensors file. */
public final class NamedArrays {
  private static final int PREFIX = Long.BYTES;

  private NamedArrays() {}

  /** The safetensors bytes of these arrays. */
  public static byte[] encode(Map<String, NDArray> arrays) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDList copies = new NDList();
      arrays.forEach(
          (name, array) -> {
            NDArray copy = array.duplicate();
            copy.setName(name);
            copies.add(copy);
          });
      return copies.encode(NDList.Encoding.SAFETENSORS);
    }
  }

  /**
   * Writes the values of {@link #encode} into live arrays: into all of them, or, when a name, a
   * shape or a type differs, into none.
   *
   * @throws DamagedFileException when the bytes do not hold exactly these arrays
   */
  public static void decodeInto(Map<String, NDArray> live, byte[] bytes, NDManager manager)
      throws DamagedFileException {
    try (NDManager reading = manager.newSubManager()) {
      Map<String, NDArray> read = new HashMap<>();
      decode(reading, bytes).forEach(array -> read.put(array.getName(), array));
      if (!read.keySet().equals(live.keySet())) {
        TreeSet<String> differing = new TreeSet<>(read.keySet());
        differing.addAll(live.keySet());
        differing.removeIf(name -> read.containsKey(name) && live.containsKey(name));
        throw new DamagedFileException("it does not hold the expected arrays: " + differing);
      }
      for (Map.Entry<String, NDArray> entry : live.entrySet()) {
        NDArray value = read.get(entry.getKey());
        NDArray target = entry.getValue();
        if (!value.getShape().equals(target.getShape())
            || value.getDataType() != target.getDataType()) {
          throw new DamagedFileException(
              "%s is %s %s instead of %s %s"
                  .formatted(
                      entry.getKey(),
                      value.getDataType(),
                      value.getShape(),
                      target.getDataType(),
                      target.getShape()));
        }
      }
      live.forEach((name, target) -> read.get(name).copyTo(target));
    }
  }

  private static NDList decode(NDManager manager, byte[] bytes) throws DamagedFileException {
    try {
      checkLength(bytes);
      return NDList.decode(manager, bytes);
    } catch (IOException | RuntimeException e) {
      throw new DamagedFileException("it is no whole safetensors file: " + e.getMessage(), e);
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
