package io.coppice.engines.pytorch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import io.coppice.framework.autograd.Autograd;
import io.coppice.framework.autograd.BackwardPass;
import io.coppice.framework.autograd.CustomOperation;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TapeTest {
  private final Autograd autograd = Autograd.find();
  private NDManager manager;

  @BeforeEach
  void start() {
    new PyTorchSupport().start();
    manager = NDManager.newBaseManager();
  }

  @AfterEach
  void close() {
    manager.close();
    assertFalse(autograd.isCollecting());
    assertFalse(JniUtils.isGradMode());
  }

  @Test
  void isFoundOnTheClassPath() {
    assertTrue(autograd instanceof PyTorchAutograd);
  }

  @Test
  void withoutACollectorAnOperationOnlyComputes() {
    NDArray x = leaf(1, -2, 3);
    NDArray y = autograd.apply(new Square(), x);
    assertArrayEquals(new float[] {1, 4, 9}, y.toFloatArray());
    assertFalse(y.hasGradient());
  }

  @Test
  void withoutAnInputThatNeedsAGradientNothingIsKept() {
    try (Tape tape = Tape.open()) {
      NDArray y = autograd.apply(new Square(), manager.create(3f));
      assertFalse(y.hasGradient());
      autograd.apply(new Square(), leaf(2).stopGradient());
      assertEquals(0, tape.size());
    }
  }

  @Test
  void onlyWantedGradientsAreAskedFor() {
    NDArray x = manager.create(new float[] {1, 2}, new Shape(1, 2));
    NDArray w = leaf(3, 4).reshape(1, 2);
    w.setRequiresGradient(true);
    CustomOperation product =
        operation(
            new DenseProduct()::forward,
            pass -> {
              assertFalse(pass.wants(0));
              assertTrue(pass.wants(1));
              return new DenseProduct().backward(pass);
            });
    try (GradientCollector collector = autograd.gradientCollector()) {
      collector.backward(autograd.apply(product, x, w).sum());
    }
    assertArrayEquals(new float[] {1, 2}, w.getGradient().toFloatArray());
  }

  @Test
  void aGradientIsAddedToTheOneThatIsThere() {
    NDArray x = leaf(1, 2);
    try (GradientCollector collector = autograd.gradientCollector()) {
      collector.backward(x.sum());
    }
    NDArray gradient = x.getGradient();
    try (GradientCollector collector = autograd.gradientCollector()) {
      collector.backward(autograd.apply(new Square(), x).sum());
    }
    assertArrayEquals(new float[] {3, 5}, gradient.toFloatArray());
  }

  @Test
  void anOperationMayAddToTheSumThatIsThere() {
    NDArray x = leaf(1, 2);
    CustomOperation adding = backward(TapeTest::addedWherePossible);
    for (int i = 0; i < 2; i++) {
      try (GradientCollector collector = autograd.gradientCollector()) {
        collector.backward(autograd.apply(adding, x).sum());
      }
    }
    // 1 as the first gradient, to which 2 is added in place
    assertArrayEquals(new float[] {3, 3}, x.getGradient().toFloatArray());
  }

  private static NDList addedWherePossible(BackwardPass pass) {
    NDArray gradient = pass.outputGradient();
    if (pass.sum(0).isEmpty()) {
      return new NDList(gradient.duplicate());
    }
    pass.sum(0).get().addi(gradient.mul(2));
    return new NDList((NDArray) null);
  }

  @Test
  void nullIsAGradientOfZero() {
    NDArray x = leaf(1, 2);
    try (GradientCollector collector = autograd.gradientCollector()) {
      NDArray y = autograd.apply(backward(pass -> new NDList((NDArray) null)), x);
      collector.backward(y.sum().add(x.sum()));
    }
    assertArrayEquals(new float[] {1, 1}, x.getGradient().toFloatArray());
  }

  @Test
  void severalLossesShareAnOperation() {
    NDArray x = leaf(1, 2);
    NDArray other = leaf(5);
    try (GradientCollector collector = autograd.gradientCollector()) {
      NDArray y = autograd.apply(new Square(), x);
      NDArray apart = autograd.apply(reciprocal(), other.sub(other));
      collector.backward(y.sum());
      collector.backward(apart.stopGradient().add(autograd.apply(new Square(), y).sum()));
    }
    // 2x + 4x³, and nothing from 1/0
    assertArrayEquals(new float[] {6, 36}, x.getGradient().toFloatArray());
    assertArrayEquals(new float[] {0}, other.getGradient().toFloatArray());
  }

  @Test
  void aLossLeavesOutWhatOnlyAnEarlierOneUsed() {
    NDArray x = leaf(0, 2);
    NDArray z = leaf(1);
    int[] calls = new int[1];
    CustomOperation counted =
        backward(
            pass -> {
              calls[0]++;
              return new NDList(pass.outputGradient().duplicate());
            });
    try (GradientCollector collector = autograd.gradientCollector()) {
      collector.backward(autograd.apply(counted, x).sum());
      collector.backward(autograd.apply(new Square(), z).sum());
    }
    assertEquals(1, calls[0]);
    assertArrayEquals(new float[] {1, 1}, x.getGradient().toFloatArray());
    assertArrayEquals(new float[] {2}, z.getGradient().toFloatArray());
  }

  @Test
  void anOperationMayReturnItsInput() {
    NDArray x = leaf(1, 2);
    CustomOperation same =
        operation(inputs -> inputs.get(0), pass -> new NDList(pass.outputGradient()));
    try (GradientCollector collector = autograd.gradientCollector()) {
      NDArray h = x.mul(x);
      NDArray y = autograd.apply(same, h);
      assertNotSame(h, y);
      collector.backward(autograd.apply(same, y).mul(y).sum());
    }
    // (x²)² by two ways
    assertArrayEquals(new float[] {4, 32}, x.getGradient().toFloatArray());
  }

  @Test
  void aTensorThatIsReadGathersWhatIsMadeOfItLater() {
    NDArray x = leaf(1, 2);
    try (Tape tape = Tape.open()) {
      NDArray h = x.mul(x);
      NDArray before = h.mul(h);
      NDArray y = autograd.apply(new Square(), h);
      autograd.apply(new Square(), h);
      assertEquals(3, tape.size());
      tape.backward(y.add(before).add(h).add(h).sum());
      assertArrayEquals(new float[] {2, 2}, h.getGradient().toFloatArray());
    }
    // 2x⁴ + 2x²
    assertArrayEquals(new float[] {12, 72}, x.getGradient().toFloatArray());
  }

  @Test
  void integersHaveNoGradient() {
    NDArray x = leaf(3, 1);
    try (Tape tape = Tape.open()) {
      NDArray order = autograd.apply(operation(inputs -> inputs.get(0).argSort(), pass -> null), x);
      assertArrayEquals(new long[] {1, 0}, order.toLongArray());
      assertEquals(0, tape.size());
    }
  }

  @Test
  void doublesAreAsGoodAsFloats() {
    NDArray x = manager.create(new double[] {1.5});
    x.setRequiresGradient(true);
    try (GradientCollector collector = autograd.gradientCollector()) {
      collector.backward(autograd.apply(new Square(), x.exp()).sum());
    }
    assertEquals(2 * Math.exp(3), x.getGradient().getDouble(0), 1e-12);
    assertEquals(DataType.FLOAT64, x.getGradient().getDataType());
  }

  @Test
  void anArrayThatIsClosedTooEarlyIsRefused() {
    NDArray x = leaf(1, 2);
    try (GradientCollector collector = autograd.gradientCollector()) {
      NDArray h = x.add(x);
      NDArray y = autograd.apply(new Square(), h);
      NDArray loss = y.sum();
      h.close();
      assertEquals(
          "an input or the output of Square was closed before the backward pass; keep them open"
              + " until then",
          failure(collector, loss));
    }
  }

  @Test
  void anInputThatIsChangedTooEarlyIsRefused() {
    NDArray x = leaf(1, 2);
    NDArray constant = manager.create(new float[] {3, 4}, new Shape(1, 2));
    NDArray w = leaf(5, 6).reshape(1, 2);
    w.setRequiresGradient(true);
    String sentence = " was changed in place before the backward pass; change a duplicate";
    try (GradientCollector collector = autograd.gradientCollector()) {
      NDArray h = x.add(x);
      autograd.apply(new Square(), h);
      assertThrows(EngineException.class, () -> h.addi(1));
      NDArray other = autograd.apply(new DenseProduct(), constant, w).sum();
      constant.muli(2);
      assertEquals("an input of DenseProduct" + sentence, failure(collector, other));
      NDArray output = autograd.apply(new Square(), x);
      assertThrows(EngineException.class, () -> output.addi(1));
    }
  }

  @Test
  void anUnusedOutputMayBeClosed() {
    NDArray x = leaf(1, 2);
    try (GradientCollector collector = autograd.gradientCollector()) {
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        autograd.apply(new Square(), x.add(x));
      }
      collector.backward(autograd.apply(new Square(), x).sum());
    }
    assertArrayEquals(new float[] {2, 4}, x.getGradient().toFloatArray());
  }

  @Test
  void aFailureInForwardLeavesTheEngineUsable() {
    NDArray x = leaf(1, 2);
    CustomOperation failing =
        operation(
            inputs -> {
              throw new UnsupportedOperationException("no forward");
            },
            pass -> null);
    try (GradientCollector collector = autograd.gradientCollector()) {
      assertThrows(UnsupportedOperationException.class, () -> autograd.apply(failing, x));
      collector.backward(autograd.apply(new Square(), x).sum());
    }
    assertArrayEquals(new float[] {2, 4}, x.getGradient().toFloatArray());
  }

  @Test
  void aFailureInBackwardLeavesTheEngineUsable() {
    NDArray x = leaf(1, 2);
    CustomOperation failing =
        backward(
            pass -> {
              throw new UnsupportedOperationException("no backward");
            });
    try (GradientCollector collector = autograd.gradientCollector()) {
      NDArray y = autograd.apply(new Square(), x);
      NDArray bad = autograd.apply(new Square(), autograd.apply(failing, y)).sum();
      assertThrows(UnsupportedOperationException.class, () -> collector.backward(bad));
      collector.backward(y.sum());
    }
    assertArrayEquals(new float[] {2, 4}, x.getGradient().toFloatArray());
    try (GradientCollector collector = autograd.gradientCollector()) {
      collector.backward(autograd.apply(new Square(), x).sum());
    }
    assertArrayEquals(new float[] {4, 8}, x.getGradient().toFloatArray());
  }

  @Test
  void saysWhatIsWrongWithAGradient() {
    NDArray x = leaf(1, 2);
    assertEquals(
        "Written.backward returned null; allowed: one per input, 1", wrong(x, pass -> null));
    assertEquals(
        "Written.backward returned 2 gradients; allowed: one per input, 1",
        wrong(x, pass -> new NDList(null, null)));
    assertEquals(
        "Written.backward returned a gradient of float32 (1) for input 0; allowed: float32 (2)",
        wrong(x, pass -> new NDList(manager.zeros(new Shape(1)))));
    assertEquals(
        "Written.backward returned a gradient of int32 (2) for input 0; allowed: float32 (2)",
        wrong(x, pass -> new NDList(manager.zeros(new Shape(2), DataType.INT32))));
    IllegalStateException missing =
        assertThrows(
            IllegalStateException.class,
            () -> autograd.apply(operation(inputs -> null, pass -> null), x));
    assertEquals("Written.forward returned null", missing.getMessage());
  }

  private String wrong(NDArray x, Function<BackwardPass, NDList> backward) {
    try (GradientCollector collector = autograd.gradientCollector()) {
      return failure(collector, autograd.apply(backward(backward), x).sum());
    }
  }

  private static String failure(GradientCollector collector, NDArray loss) {
    return assertThrows(IllegalStateException.class, () -> collector.backward(loss)).getMessage();
  }

  @Test
  void thereIsNoSecondDerivative() {
    NDArray x = leaf(1, 2);
    try (GradientCollector collector = autograd.gradientCollector()) {
      NDArray y = autograd.apply(new Square(), x);
      CustomOperation again =
          backward(
              pass -> {
                collector.backward(y.sum());
                return new NDList((NDArray) null);
              });
      assertEquals(
          "a backward pass cannot begin inside another: custom operations have no second"
              + " derivative",
          failure(collector, autograd.apply(again, y).sum()));
      collector.backward(y.sum());
      NDArray gradient = x.getGradient();
      assertEquals(
          "no gradient can reach the array to go back from; gradients themselves have none, as"
              + " custom operations have no second derivative",
          failure(collector, gradient.mul(gradient).sum()));
    }
  }

  @Test
  void aCollectorThatWasInterruptedLeavesNothingBehind() {
    NDArray x = leaf(1, 2);
    NDArray abandoned;
    try (GradientCollector collector = autograd.gradientCollector()) {
      assertTrue(autograd.isCollecting());
      abandoned = autograd.apply(new Square(), x);
    }
    assertFalse(autograd.isCollecting());
    try (GradientCollector collector = autograd.gradientCollector()) {
      collector.backward(autograd.apply(new Square(), abandoned).sum());
    }
    assertArrayEquals(new float[2], x.getGradient().toFloatArray());
  }

  @Test
  void oneCollectorPerThreadAndNoLongerThanOpen() {
    GradientCollector collector = autograd.gradientCollector();
    NDArray loss = leaf(1).sum();
    IllegalStateException second =
        assertThrows(IllegalStateException.class, autograd::gradientCollector);
    assertEquals(
        "this thread has an open gradient collector; close it before opening another",
        second.getMessage());
    collector.close();
    collector.close();
    assertEquals("this gradient collector is closed", failure(collector, loss));
  }

  @Test
  void restoresTheGraphModeThatItFound() {
    JniUtils.setGradMode(true);
    autograd.gradientCollector().close();
    assertTrue(JniUtils.isGradMode());
    JniUtils.setGradMode(false);
  }

  @Test
  void standsBesideTheEnginesOwnCollector() {
    NDArray x = leaf(3);
    try (GradientCollector own = Engine.getInstance().newGradientCollector();
        GradientCollector collector = autograd.gradientCollector()) {
      collector.backward(autograd.apply(new Square(), x).sum());
      own.backward(x.sum());
    }
    assertArrayEquals(new float[] {7}, x.getGradient().toFloatArray());
  }

  @Test
  void zeroesAllGradients() {
    NDArray x = leaf(1, 2);
    try (GradientCollector collector = autograd.gradientCollector()) {
      collector.backward(autograd.apply(new Square(), x).sum());
      collector.zeroGradients();
    }
    assertArrayEquals(new float[2], x.getGradient().toFloatArray());
  }

  @Test
  void otherEnginesArraysAreRefused() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> autograd.apply(new Square(), (NDArray) null));
    assertEquals("an array is null; allowed: one of DJL's PyTorch", refused.getMessage());
  }

  @Test
  void anOrdinaryNetworkGetsTheBitsOfTheEnginesCollector() {
    float[] byEngine = ordinary(Engine.getInstance().newGradientCollector());
    assertArrayEquals(byEngine, ordinary(autograd.gradientCollector()));
  }

  private float[] ordinary(GradientCollector collector) {
    NDArray x = manager.arange(12f).reshape(3, 4).div(7);
    NDArray w = manager.arange(20f).reshape(5, 4).sin();
    w.setRequiresGradient(true);
    try (collector) {
      collector.backward(x.matMul(w.transpose()).tanh().softmax(1).get(":, 2").log().mean());
    }
    return w.getGradient().toFloatArray();
  }

  private NDArray leaf(float... values) {
    NDArray leaf = manager.create(values);
    leaf.setRequiresGradient(true);
    return leaf;
  }

  private static CustomOperation reciprocal() {
    return operation(
        inputs -> inputs.get(0).getManager().ones(inputs.get(0).getShape()).div(inputs.get(0)),
        pass -> {
          NDArray y = pass.output();
          return new NDList(pass.outputGradient().mul(y).mul(y).neg());
        });
  }

  private static CustomOperation backward(Function<BackwardPass, NDList> backward) {
    return operation(inputs -> inputs.get(0).duplicate(), backward);
  }

  private static CustomOperation operation(
      Function<NDList, NDArray> forward, Function<BackwardPass, NDList> backward) {
    return new Written(forward, backward);
  }

  private record Written(Function<NDList, NDArray> there, Function<BackwardPass, NDList> back)
      implements CustomOperation {
    @Override
    public NDArray forward(NDList inputs) {
      return there.apply(inputs);
    }

    @Override
    public NDList backward(BackwardPass pass) {
      return back.apply(pass);
    }
  }
}
