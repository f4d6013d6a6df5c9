package io.coppice.framework.ops;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.Device;
import org.junit.jupiter.api.Test;

/** A matrix [2, 3] of 4 values. */
class ProductArgumentsTest {
  private static final Topology TOPOLOGY =
      Topology.of(new Layout.Csr(), 2, 3, new float[] {1, 2, 0, 0, 3, 4});
  private static final Floats NONE = Floats.NONE;
  private static final Floats VALUES = Floats.allocate(4);
  private static final Floats X = Floats.allocate(15);
  private static final Floats Y = Floats.allocate(10);
  private static final Floats BIAS = Floats.allocate(2);

  private final SparseOps.Product product = new JavaOps().product(TOPOLOGY);

  private static void assertRefused(String sentence, Runnable call) {
    assertEquals(sentence, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }

  private void assertForwardRefused(
      String sentence, Floats values, Floats x, int batch, Floats bias, Floats y) {
    assertRefused(sentence, () -> product.forward(new Forward(values, x, batch, bias, false, y)));
  }

  @Test
  void forwardNamesTheWrongArgument() {
    assertForwardRefused("batch is 0; allowed: at least 1", VALUES, X, 0, BIAS, Y);
    assertForwardRefused("values has 15 floats; allowed: 4", X, X, 5, BIAS, Y);
    assertForwardRefused("values has no floats; allowed: 4", NONE, X, 5, BIAS, Y);
    assertForwardRefused("x has 15 floats; allowed: 12 (batch 4 · 3)", VALUES, X, 4, BIAS, Y);
    assertForwardRefused("bias has 4 floats; allowed: 2", VALUES, X, 5, VALUES, Y);
    assertForwardRefused("y has 4 floats; allowed: 10 (batch 5 · 2)", VALUES, X, 5, BIAS, VALUES);
    assertForwardRefused("y has no floats; allowed: 10 (batch 5 · 2)", VALUES, X, 5, BIAS, NONE);
    assertForwardRefused(
        "x has 15 floats; allowed: 6442450941 (batch 2147483647 · 3)",
        VALUES,
        X,
        Integer.MAX_VALUE,
        BIAS,
        Y);
    assertForwardRefused(
        "x has no floats; allowed: 15 (batch 5 · 3)", VALUES, new Floats(0, 15, null), 5, BIAS, Y);
  }

  @Test
  void namesAnArgumentOfAnotherDevice() {
    Floats there = new Floats(4096, 15, Device.gpu(), null);
    assertForwardRefused("x is on gpu(0); allowed: cpu()", VALUES, there, 5, BIAS, Y);
    ProductArguments onGpu = ProductArguments.of(TOPOLOGY).on(Device.gpu());
    assertRefused(
        "values is on cpu(); allowed: gpu(0)",
        () -> onGpu.require(new Forward(VALUES, there, 5, BIAS, false, Y)));
  }

  private void assertBackwardRefused(
      String sentence,
      Floats values,
      Floats x,
      Floats y,
      Floats dy,
      Floats dx,
      Floats dvalues,
      Floats dbias) {
    assertRefused(
        sentence, () -> product.backward(new Backward(values, x, y, dy, 5, dx, dvalues, dbias)));
  }

  @Test
  void backwardNamesTheWrongArgument() {
    assertBackwardRefused("values has no floats; allowed: 4", NONE, X, NONE, Y, X, VALUES, BIAS);
    assertBackwardRefused("values has 2 floats; allowed: 4", BIAS, X, NONE, Y, NONE, VALUES, BIAS);
    assertBackwardRefused(
        "x has no floats; allowed: 15 (batch 5 · 3)", VALUES, NONE, NONE, Y, X, VALUES, BIAS);
    assertBackwardRefused(
        "x has 10 floats; allowed: 15 (batch 5 · 3)", VALUES, Y, NONE, Y, X, NONE, BIAS);
    assertBackwardRefused(
        "y has 15 floats; allowed: 10 (batch 5 · 2)", VALUES, X, X, Y, X, VALUES, BIAS);
    assertBackwardRefused(
        "dy has no floats; allowed: 10 (batch 5 · 2)", VALUES, X, Y, NONE, X, VALUES, BIAS);
    assertBackwardRefused(
        "dx has 10 floats; allowed: 15 (batch 5 · 3)", VALUES, X, Y, Y, Y, VALUES, BIAS);
    assertBackwardRefused("dvalues has 2 floats; allowed: 4", VALUES, X, Y, Y, X, BIAS, BIAS);
    assertBackwardRefused("dbias has 4 floats; allowed: 2", VALUES, X, Y, Y, X, VALUES, VALUES);
    assertRefused(
        "batch is -1; allowed: at least 1",
        () -> product.backward(new Backward(VALUES, X, Y, Y, -1, X, VALUES, BIAS)));
  }

  @Test
  void leavesOutWhatNoGradientNeeds() {
    assertDoesNotThrow(
        () -> product.backward(new Backward(NONE, NONE, NONE, Y, 5, NONE, NONE, BIAS)));
    assertDoesNotThrow(
        () -> product.backward(new Backward(NONE, X, NONE, Y, 5, NONE, VALUES, NONE)));
    assertDoesNotThrow(
        () -> product.backward(new Backward(VALUES, NONE, NONE, Y, 5, X, NONE, NONE)));
    Topology empty = Topology.of(new Layout.Csr(), 2, 3, new float[6]);
    SparseOps.Product nothing = new JavaOps().product(empty);
    assertDoesNotThrow(() -> nothing.forward(new Forward(NONE, X, 5, BIAS, true, Y)));
    assertDoesNotThrow(() -> nothing.backward(new Backward(NONE, X, NONE, Y, 5, X, NONE, BIAS)));
  }

  @Test
  void convolutionsCountWholeImages() {
    Topology kernel = Topology.of(new Layout.Csr(), 2, 4, new float[] {1, 0, 0, 1, 1, 0, 0, 0});
    ConvolutionShape shape = new ConvolutionShape(1, 3, 4, 2, 2, 1, 0, 1);
    assertEquals(new ProductArguments(3, 12, 12, 2), ProductArguments.of(kernel, shape));
  }
}
