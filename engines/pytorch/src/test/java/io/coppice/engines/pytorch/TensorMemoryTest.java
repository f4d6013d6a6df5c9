package io.coppice.engines.pytorch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import io.coppice.framework.ops.Floats;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TensorMemoryTest {
  private static final Device CPU = Device.cpu();

  private NDManager manager;

  @BeforeEach
  void start() {
    new PyTorchSupport().start();
    manager = NDManager.newBaseManager(CPU);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void readsWhereTheEngineWrote() {
    NDArray array = manager.arange(6f).reshape(2, 3);
    Floats floats = TensorMemory.reading(array, CPU);
    assertArrayEquals(new float[] {0, 1, 2, 3, 4, 5}, floats.toArray());
    array.addi(10);
    assertArrayEquals(new float[] {10, 11, 12, 13, 14, 15}, floats.toArray());
  }

  @Test
  void writesWhereTheEngineReads() {
    NDArray array = manager.zeros(new Shape(2, 2));
    TensorMemory.writing(array, CPU).buffer().put(2, 7);
    assertArrayEquals(new float[] {0, 0, 7, 0}, array.toFloatArray());
  }

  @Test
  void aViewBeginsAtItsOwnFirstElement() {
    NDArray array = manager.arange(12f).reshape(3, 4);
    NDArray rows = array.get("1:");
    long address = TensorMemory.reading(array, CPU).address();
    assertEquals(address + 4 * Float.BYTES, TensorMemory.reading(rows, CPU).address());
    TensorMemory.writing(rows, CPU).buffer().put(0, -1);
    assertEquals(-1, array.getFloat(1, 0));
  }

  @Test
  void readsACopyOfWhatIsNotInItsOrder() {
    NDArray array = manager.arange(6f).reshape(2, 3);
    assertArrayEquals(
        new float[] {0, 3, 1, 4, 2, 5}, TensorMemory.reading(array.transpose(), CPU).toArray());
    assertArrayEquals(
        new float[] {1, 4}, TensorMemory.reading(array.get(new NDIndex(":, 1")), CPU).toArray());
    NDArray repeated = manager.create(3f).broadcast(2, 2);
    assertArrayEquals(new float[] {3, 3, 3, 3}, TensorMemory.reading(repeated, CPU).toArray());
  }

  @Test
  void readsACopyOfOtherTypes() {
    NDArray doubles = manager.create(new double[] {1.5, -2});
    NDArray integers = manager.create(new int[] {3, 4});
    assertArrayEquals(new float[] {1.5f, -2}, TensorMemory.reading(doubles, CPU).toArray());
    assertArrayEquals(new float[] {3, 4}, TensorMemory.reading(integers, CPU).toArray());
  }

  @Test
  void aDimensionOfOneHasNoOrder() {
    NDArray column = manager.arange(3f).reshape(3, 1).transpose();
    assertEquals(
        TensorMemory.reading(column, CPU).address(), TensorMemory.writing(column, CPU).address());
  }

  @Test
  void knowsScalarsAndEmptyArrays() {
    assertArrayEquals(new float[] {5}, TensorMemory.reading(manager.create(5f), CPU).toArray());
    assertEquals(0, TensorMemory.reading(manager.create(new Shape(0)), CPU).count());
    assertEquals(0, TensorMemory.writing(manager.create(new Shape(3, 0)), CPU).count());
  }

  @Test
  void aCopyClosesWithTheScope() {
    NDArray array = manager.arange(6f).reshape(2, 3).transpose();
    Floats floats;
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      floats = TensorMemory.reading(array, CPU);
      assertNotSame(array, floats.owner());
    }
    assertTrue(((PtNDArray) floats.owner()).isReleased());
  }

  @Test
  void refusesToWriteToACopy() {
    NDArray array = manager.zeros(new Shape(2, 3));
    assertRefused("a view that is not contiguous", array.transpose());
    assertRefused("float64", array.toType(DataType.FLOAT64, false));
    assertRefused("int32", array.toType(DataType.INT32, false));
    IllegalArgumentException elsewhere =
        assertThrows(
            IllegalArgumentException.class, () -> TensorMemory.writing(array, Device.gpu(1)));
    assertEquals(
        "an array to write to is on cpu(); allowed: contiguous float32 on gpu(1), as"
            + " NDManager.create gives it",
        elsewhere.getMessage());
  }

  private static void assertRefused(String what, NDArray array) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> TensorMemory.writing(array, CPU));
    assertTrue(refused.getMessage().contains("is " + what + ";"), refused.getMessage());
  }

  @Test
  void aClosedArrayIsRefused() {
    NDArray array = manager.zeros(new Shape(2));
    array.close();
    assertThrows(IllegalStateException.class, () -> TensorMemory.reading(array, CPU));
  }
}
