package io.coppice.engines.pytorch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.coppice.framework.autograd.Autograd;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TapeGradientsTest {
  private static final List<Shape> SHAPES =
      List.of(new Shape(3, 4), new Shape(5, 4), new Shape(4, 5));

  private final Autograd autograd = new PyTorchAutograd();
  private NDManager manager;

  @BeforeEach
  void start() {
    new PyTorchSupport().start();
    manager = NDManager.newBaseManager();
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @ParameterizedTest
  @EnumSource(Net.class)
  void areThoseOfTheEngine(Net net) {
    List<NDArray> leaves = leaves(values());
    List<NDArray> expected = leaves(values());
    float loss = train(net, Net.custom(autograd), leaves, autograd.gradientCollector());
    GradientCollector collector = Engine.getInstance().newGradientCollector();
    assertEquals(train(net, Net.engine(), expected, collector), loss, 1e-5 * Math.abs(loss));
    for (int i = 0; i < leaves.size(); i++) {
      assertClose(expected.get(i).getGradient(), leaves.get(i).getGradient());
    }
  }

  private static void assertClose(NDArray expected, NDArray actual) {
    float scale = Math.max(1, expected.abs().max().getFloat());
    assertArrayEquals(expected.toFloatArray(), actual.toFloatArray(), 1e-5f * scale);
  }

  @ParameterizedTest
  @EnumSource(Net.class)
  void areFiniteDifferences(Net net) {
    float[][] values = values();
    List<NDArray> leaves = leaves(values);
    train(net, Net.custom(autograd), leaves, autograd.gradientCollector());
    for (int i = 0; i < values.length; i++) {
      float[] gradient = leaves.get(i).getGradient().toFloatArray();
      for (int j = 0; j < gradient.length; j++) {
        double difference = difference(net, values, i, j);
        assertEquals(
            difference, gradient[j], 2e-3 * Math.max(1, Math.abs(difference)), net + " " + i);
      }
    }
  }

  private double difference(Net net, float[][] values, int leaf, int position) {
    float step = 4e-3f;
    float before = values[leaf][position];
    values[leaf][position] = before + step;
    double above = loss(net, values);
    values[leaf][position] = before - step;
    double below = loss(net, values);
    values[leaf][position] = before;
    return (above - below) / (2 * step);
  }

  private double loss(Net net, float[][] values) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      List<NDArray> leaves = leaves(values);
      return net.loss(Net.custom(autograd), leaves.get(0), leaves.get(1), leaves.get(2)).getFloat();
    }
  }

  @ParameterizedTest
  @EnumSource(Net.class)
  void addUpOverSeveralPasses(Net net) {
    List<NDArray> once = leaves(values());
    train(net, Net.custom(autograd), once, autograd.gradientCollector());
    List<NDArray> thrice = leaves(values());
    train(net, Net.custom(autograd), thrice, autograd.gradientCollector());
    try (GradientCollector collector = autograd.gradientCollector()) {
      NDArray loss = net.loss(Net.custom(autograd), thrice.get(0), thrice.get(1), thrice.get(2));
      collector.backward(loss);
      collector.backward(loss);
    }
    for (int i = 0; i < once.size(); i++) {
      NDArray gradient = once.get(i).getGradient();
      assertClose(gradient.add(gradient).add(gradient), thrice.get(i).getGradient());
    }
  }

  private static float train(
      Net net, Net.Ops ops, List<NDArray> leaves, GradientCollector collector) {
    try (collector) {
      NDArray loss = net.loss(ops, leaves.get(0), leaves.get(1), leaves.get(2));
      collector.backward(loss);
      return loss.getFloat();
    }
  }

  private List<NDArray> leaves(float[][] values) {
    return IntStream.range(0, SHAPES.size())
        .mapToObj(
            i -> {
              NDArray leaf = manager.create(values[i], SHAPES.get(i));
              leaf.setRequiresGradient(true);
              return leaf;
            })
        .toList();
  }

  private static float[][] values() {
    Random random = new Random(5);
    List<float[]> values = new ArrayList<>();
    for (Shape shape : SHAPES) {
      float[] drawn = new float[(int) shape.size()];
      for (int i = 0; i < drawn.length; i++) {
        drawn[i] = 0.7f * (float) random.nextGaussian();
      }
      values.add(drawn);
    }
    return values.toArray(float[][]::new);
  }
}
