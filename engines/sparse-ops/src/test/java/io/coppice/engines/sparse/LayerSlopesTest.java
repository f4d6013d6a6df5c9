package io.coppice.engines.sparse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import io.coppice.framework.autograd.Autograd;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The gradients of Σ c·y along random directions against the loss's slopes there. Outputs near a
 * ReLU's kink get c = 0, so that the loss is linear along each direction and its slopes are exact.
 */
class LayerSlopesTest {
  private static final float STEP = 1 / 64f;
  private static final float KINK = 0.5f;

  static Stream<LayerCase> layers() {
    return LayerCase.all();
  }

  @ParameterizedTest
  @MethodSource("layers")
  void gradientsAreSlopes(LayerCase what) {
    try (TrialLayer layer = new TrialLayer(what);
        TrialLayer linear = new TrialLayer(what.linear())) {
      NDArray x = layer.leaf(what.kind().input());
      float[] before = linear.forward(x).toFloatArray();
      float[] c = Memory.normal(before.length, new Random(8)).toArray();
      for (int i = 0; what.relu() && i < c.length; i++) {
        c[i] = Math.abs(before[i]) < KINK ? 0 : c[i];
      }
      NDArray weights = layer.manager().create(c, linear.forward(x).getShape());
      layer.backward(() -> layer.forward(x).mul(weights).sum());
      Map<String, NDArray> leaves = new LinkedHashMap<>(layer.trained());
      leaves.put("x", x);
      DoubleSupplier loss = () -> sum(c, layer.forward(x).toFloatArray());
      leaves.forEach((name, leaf) -> assertSlope(name, loss, leaf));
    }
  }

  private static double sum(float[] c, float[] y) {
    double sum = 0;
    for (int i = 0; i < c.length; i++) {
      sum += (double) c[i] * y[i];
    }
    return sum;
  }

  private static void assertSlope(String name, DoubleSupplier loss, NDArray leaf) {
    float[] gradient = leaf.getGradient().toFloatArray();
    float[] direction = Memory.normal(gradient.length, new Random(gradient.length)).toArray();
    double along = 0;
    double scale = 1;
    for (int i = 0; i < gradient.length; i++) {
      along += (double) gradient[i] * direction[i];
      scale += (double) gradient[i] * gradient[i];
    }
    FloatBuffer memory = Autograd.find().writing(leaf, Device.cpu()).buffer();
    float[] before = leaf.toFloatArray();
    double above = at(loss, memory, before, direction, STEP);
    double below = at(loss, memory, before, direction, -STEP);
    memory.put(0, before);
    assertEquals((above - below) / (2 * STEP), along, 1e-3 * Math.sqrt(scale), name);
  }

  private static double at(
      DoubleSupplier loss, FloatBuffer memory, float[] from, float[] direction, float step) {
    for (int i = 0; i < from.length; i++) {
      memory.put(i, from[i] + step * direction[i]);
    }
    return loss.getAsDouble();
  }
}
