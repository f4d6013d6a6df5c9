package io.coppice.framework.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NamedArraysTest {

  private static Map<String, NDArray> oneOfEachType(NDManager manager, int value) {
    Map<String, NDArray> arrays = new LinkedHashMap<>();
    for (DataType type :
        new DataType[] {
          DataType.FLOAT32,
          DataType.FLOAT64,
          DataType.INT32,
          DataType.INT64,
          DataType.INT8,
          DataType.UINT8,
          DataType.BOOLEAN
        }) {
      arrays.put("matrix/" + type, manager.ones(new Shape(2, 3)).mul(value).toType(type, true));
      arrays.put("scalar/" + type, manager.create((float) value).toType(type, true));
    }
    return arrays;
  }

  @Test
  void everyTypeComesBack() throws Exception {
    try (NDManager manager = NDManager.newBaseManager()) {
      Map<String, NDArray> written = oneOfEachType(manager, 1);
      Map<String, NDArray> read = oneOfEachType(manager, 0);
      NamedArrays.decodeInto(read, NamedArrays.encode(written), manager);
      written.forEach(
          (name, array) -> {
            assertEquals(array.getShape(), read.get(name).getShape(), name);
            assertEquals(array.getDataType(), read.get(name).getDataType(), name);
            assertArrayEquals(array.toByteArray(), read.get(name).toByteArray(), name);
          });
    }
  }

  @Test
  void namesOfLiveArraysStay() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray array = manager.create(1f);
      array.setName("mine");
      NamedArrays.encode(Map.of("theirs", array));
      assertEquals("mine", array.getName());
    }
  }

  @Test
  void writesAllOrNothing() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray first = manager.create(new float[] {1, 2});
      byte[] bytes =
          NamedArrays.encode(
              Map.of("a", manager.create(new float[] {3, 4}), "b", manager.create(5f)));
      assertRefused(Map.of("a", first), bytes, "it does not hold the expected arrays: [b]");
      assertRefused(
          Map.of("a", first, "b", manager.create(new float[] {1})),
          bytes,
          "b is float32 () instead of float32 (1)");
      assertRefused(
          Map.of("a", first, "b", manager.create(1L)),
          bytes,
          "b is float32 () instead of int64 ()");
      assertRefused(
          Map.of("a", first),
          new byte[] {1, 2, 3},
          "it is no whole safetensors file: its 3 bytes end within the header");
      assertArrayEquals(new float[] {1, 2}, first.toFloatArray());
    }
  }

  private static void assertRefused(Map<String, NDArray> live, byte[] bytes, String reason) {
    try (NDManager manager = NDManager.newBaseManager()) {
      DamagedFileException refusal =
          assertThrows(
              DamagedFileException.class, () -> NamedArrays.decodeInto(live, bytes, manager));
      assertEquals(reason, refusal.getMessage());
    }
  }
}
