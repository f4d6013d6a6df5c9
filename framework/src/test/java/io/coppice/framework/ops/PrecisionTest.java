package io.coppice.framework.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.coppice.framework.recipe.RecipeException;
import org.junit.jupiter.api.Test;

class PrecisionTest {

  @Test
  void isFloat32OnTheHost() {
    SparseOps host = new JavaOps();
    assertEquals(Precision.FLOAT32, host.precision());
    assertSame(host, host.in(Precision.FLOAT32));
    assertEquals(
        "precision of products by Java is bfloat16; allowed: float32; bfloat16 is for networks on a"
            + " CUDA GPU",
        assertThrows(RecipeException.class, () -> host.in(Precision.BFLOAT16)).getMessage());
  }
}
