package io.coppice.notebooks.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class ArrayViewTest {
  private final NDManager manager = NDManager.newBaseManager();

  @AfterEach
  void close() {
    manager.close();
  }

  private static String text(NDArray array) {
    return ArrayView.of(array).toText(100);
  }

  @Test
  void aSmallMatrixIsShownWhole() {
    NDArray matrix =
        manager.create(new float[] {1, -0.5f, 0, 1000, Float.NaN, 0.25f}, new Shape(2, 3));
    assertEquals(
        """
        NDArray [2, 3], float32 on cpu: -0.5 to 1000, mean 200.15, 16.7 % zero, 1 not finite
                 0      1     2
        ───────────────────────
        0     1.00  -0.50     0
        1  1000.00    NaN  0.25""",
        text(matrix));
  }

  @Test
  void ofALargeOneACornerIsShown() throws Exception {
    NDArray large = manager.arange(30_000f).reshape(2, 3, 50, 100);
    String text = text(large);
    assertTrue(text.contains("[2, 3, 50, 100], float32"), text);
    assertTrue(text.contains("0 to 29999, mean 14999.5"), text);
    assertTrue(text.replace('\n', ' ').contains("the first matrix, at 0, 0, all, all"), text);
    assertTrue(text.contains("909") && !text.contains("910"), text);
    assertTrue(text.contains("… 40 more rows …") && text.contains("… 99"), text);
    Document page = Pages.parsed(ArrayView.of(large).toHtml());
    assertEquals(12, page.getElementsByTagName("tr").getLength());
  }

  @Test
  void everyTypeAndRankIsShown() throws Exception {
    for (DataType type :
        new DataType[] {DataType.FLOAT64, DataType.INT32, DataType.INT64, DataType.UINT8}) {
      assertTrue(text(manager.ones(new Shape(3), type)).contains("1  1  1"), type::toString);
    }
    assertTrue(text(manager.create(new boolean[] {true, false})).contains("1  0"));
    assertTrue(text(manager.create(7.5f)).contains("7.5"));
    assertTrue(text(manager.zeros(new Shape(0, 3))).contains("[0, 3]"));
    Pages.parsed(ArrayView.of(manager.create(7.5f)).toHtml());
  }

  @Test
  void theArrayIsLeftAsItIs() {
    try (NDManager own = manager.newSubManager()) {
      NDArray array = own.ones(new Shape(2, 2));
      int before = own.getManagedArrays().size();
      text(array);
      assertEquals(before, own.getManagedArrays().size());
      assertFalse(array.isReleased());
    }
  }
}
