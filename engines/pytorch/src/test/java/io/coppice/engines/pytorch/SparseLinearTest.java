package io.coppice.engines.pytorch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import io.coppice.framework.autograd.Autograd;
import io.coppice.framework.blocks.SparseLinear;
import io.coppice.framework.ops.Layout;
import io.coppice.framework.ops.Topology;
import io.coppice.framework.recipe.RecipeException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SparseLinearTest {
  private final Autograd autograd = Autograd.find();
  private NDManager manager;

  @BeforeEach
  void start() {
    new PyTorchSupport().start();
    manager = NDManager.newBaseManager(Device.cpu());
  }

  @AfterEach
  void close() {
    manager.close();
  }

  static Stream<Arguments> layers() {
    List<Arguments> layers = new ArrayList<>();
    List<Layout> layouts =
        List.of(
            new Layout.Csr(),
            new Layout.Blocks(4, 1),
            new Layout.Blocks(3, 2),
            new Layout.NOfM(2, 4));
    for (Layout layout : layouts) {
      for (Shape batch : List.of(new Shape(6), new Shape(2, 3), new Shape())) {
        layers.add(Arguments.of(layout, 0.3, batch, layers.size() % 2 == 0, true));
        layers.add(Arguments.of(layout, 0.3, batch, layers.size() % 4 == 1, false));
      }
      layers.add(Arguments.of(layout, 0.0, new Shape(5), false, true));
      layers.add(Arguments.of(layout, 0.05, new Shape(5), true, true));
    }
    layers.add(Arguments.of(new Layout.Csr(), 1.0, new Shape(5), true, true));
    return layers.stream();
  }

  @ParameterizedTest
  @MethodSource("layers")
  void isALinearLayerWithAMaskedWeight(
      Layout layout, double density, Shape batch, boolean relu, boolean bias) {
    Case sparse = new Case(layout, density, batch, relu, bias);
    NDArray x = leaf(sparse.x, batch.add(Case.IN));
    SparseLinear layer = sparse.layer();
    layer.initialize(manager, DataType.FLOAT32, x.getShape());
    layer.getParameters().values().stream()
        .filter(Parameter::requiresGradient)
        .forEach(parameter -> parameter.getArray().setRequiresGradient(true));
    NDArray whole = manager.zeros(new Shape(Case.OUT, Case.IN));
    layer.addWholeGradientTo(whole);
    NDArray y = step(autograd.gradientCollector(), x, input -> forward(layer, input));

    NDArray denseX = leaf(sparse.x, batch.add(Case.IN));
    NDArray weight = leaf(sparse.topology.scatter(sparse.values), new Shape(Case.OUT, Case.IN));
    NDArray denseBias = leaf(sparse.bias, new Shape(Case.OUT));
    NDArray expected =
        step(
            Engine.getInstance().newGradientCollector(),
            denseX,
            input -> {
              NDArray z = Linear.linear(input, weight, bias ? denseBias : null).get(0);
              return relu ? z.maximum(manager.create(0f)) : z;
            });

    assertEquals(batch.add(Case.OUT), y.getShape());
    assertEquals(y.getShape(), layer.getOutputShapes(new Shape[] {x.getShape()})[0]);
    assertClose(expected.toFloatArray(), y.toFloatArray());
    assertClose(denseX.getGradient().toFloatArray(), x.getGradient().toFloatArray());
    assertClose(weight.getGradient().toFloatArray(), whole.toFloatArray());
    float[] gradient = sparse.topology.gather(weight.getGradient().toFloatArray());
    assertClose(gradient, layer.values().getArray().getGradient().toFloatArray());
    if (bias) {
      assertClose(
          denseBias.getGradient().toFloatArray(),
          layer.getParameters().get("bias").getArray().getGradient().toFloatArray());
    }
  }

  private static NDArray step(
      GradientCollector collector, NDArray x, UnaryOperator<NDArray> layer) {
    try (collector) {
      NDArray hidden = x.add(x.sin());
      NDArray y = layer.apply(hidden);
      collector.backward(y.mul(y).sum().add(y.sin().sum()).add(hidden.exp().mean()));
      return y;
    }
  }

  private static void assertClose(float[] expected, float[] actual) {
    float scale = 1;
    for (float number : expected) {
      scale = Math.max(scale, Math.abs(number));
    }
    assertArrayEquals(expected, actual, 1e-5f * scale);
  }

  @Test
  void itsGradientsAreFiniteDifferences() {
    Case sparse = new Case(new Layout.Csr(), 0.4, new Shape(6), false, true);
    SparseLinear layer = sparse.layer();
    NDArray x = leaf(sparse.x, new Shape(6, Case.IN));
    layer.initialize(manager, DataType.FLOAT32, x.getShape());
    NDArray values = layer.values().getArray();
    values.setRequiresGradient(true);
    try (GradientCollector collector = autograd.gradientCollector()) {
      collector.backward(forward(layer, x).tanh().sum());
    }
    float step = 1e-2f;
    for (NDArray array : List.of(values, x)) {
      float[] gradient = array.getGradient().toFloatArray();
      for (int i = 0; i < gradient.length; i++) {
        double above = shifted(layer, x, array, i, step);
        double below = shifted(layer, x, array, i, -step);
        assertEquals((above - below) / (2 * step), gradient[i], 2e-3);
      }
    }
  }

  private double shifted(SparseLinear layer, NDArray x, NDArray array, int position, float step) {
    FloatBuffer memory = autograd.writing(array, Device.cpu()).buffer();
    float before = memory.get(position);
    memory.put(position, before + step);
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      return forward(layer, x, false).tanh().sum().getFloat();
    } finally {
      memory.put(position, before);
    }
  }

  @Test
  void beginsAsKaimingSays() {
    Topology topology = random(new Layout.Blocks(4, 2), 301, 199, 0.1, 3);
    SparseLinear layer = SparseLinear.builder(topology).build();
    Engine.getInstance().setRandomSeed(7);
    layer.initialize(manager, DataType.FLOAT32, new Shape(1, 199));
    float[] values = layer.values().getArray().toFloatArray();
    int[] inside = new int[1];
    double[] squares = new double[1];
    double all = 0;
    for (float value : values) {
      all += value * value;
    }
    topology.forEachValue(
        (position, row, column) -> {
          inside[0]++;
          squares[0] += values[position] * values[position];
        });
    assertEquals(all, squares[0], "values over the edge are not 0");
    assertNotEquals(values.length, inside[0]);
    assertEquals(2.0 / 199, squares[0] / inside[0], 0.05 * 2.0 / 199);
    assertArrayEquals(new float[301], layer.getParameters().get("bias").getArray().toFloatArray());

    SparseLinear again = SparseLinear.builder(topology).build();
    Engine.getInstance().setRandomSeed(7);
    again.initialize(manager, DataType.FLOAT32, new Shape(1, 199));
    assertArrayEquals(values, again.values().getArray().toFloatArray());
  }

  @Test
  void mayHoldNothing() {
    Topology empty = random(new Layout.Csr(), 3, 4, 0, 1);
    SparseLinear layer = SparseLinear.builder(empty).bias(new float[] {1, 2, 3}).build();
    layer.initialize(manager, DataType.FLOAT32, new Shape(1, 4));
    NDArray y = forward(layer, manager.ones(new Shape(2, 4)), false);
    assertArrayEquals(new float[] {1, 2, 3, 1, 2, 3}, y.toFloatArray());
  }

  @Test
  void mayReadNothing() {
    SparseLinear layer = initialised(random(new Layout.Csr(), 3, 4, 0.5, 1));
    layer.values().getArray().setRequiresGradient(true);
    try (GradientCollector collector = autograd.gradientCollector()) {
      NDArray y = forward(layer, manager.create(new Shape(0, 4)));
      assertEquals(new Shape(0, 3), y.getShape());
      collector.backward(y.sum());
    }
    for (float number : layer.values().getArray().getGradient().toFloatArray()) {
      assertEquals(0, number);
    }
  }

  @Test
  void movesItsWeights() {
    Topology from = random(new Layout.Csr(), 5, 6, 0.4, 2);
    SparseLinear layer = initialised(from);
    NDArray x = manager.arange(12f).reshape(2, 6);
    forward(layer, x, false);
    long free = 0;
    while (from.scatter(ones(from))[(int) free] != 0) {
      free++;
    }
    Topology.Move move = from.moved(new int[] {3}, new long[] {free});
    float[] expected = move.to().scatter(move.carry(layer.values().getArray().toFloatArray()));
    layer.move(move);
    assertEquals(move.to(), layer.topology());
    NDArray dense = manager.create(expected, new Shape(5, 6));
    assertClose(
        x.matMul(dense.transpose()).toFloatArray(), forward(layer, x, false).toFloatArray());

    assertThrows(RecipeException.class, () -> layer.move(move));
    Topology.Move fewer = move.to().moved(new int[] {0}, new long[0]);
    assertThrows(RecipeException.class, () -> layer.move(fewer));
  }

  @Test
  void refusesToGoBackThroughAWeightThatMoved() {
    Topology topology = random(new Layout.Csr(), 5, 6, 0.4, 2);
    SparseLinear layer = initialised(topology);
    layer.values().getArray().setRequiresGradient(true);
    try (GradientCollector collector = autograd.gradientCollector()) {
      NDArray loss = forward(layer, manager.ones(new Shape(2, 6))).sum();
      layer.move(topology.moved(new int[0], new long[0]));
      IllegalStateException moved =
          assertThrows(IllegalStateException.class, () -> collector.backward(loss));
      assertEquals(
          "a sparse layer was moved or cleared between its forward and its backward pass",
          moved.getMessage());
    }
  }

  @Test
  void saysWhatItReads() {
    SparseLinear layer = initialised(random(new Layout.Csr(), 3, 4, 0.5, 1));
    assertRefused(
        layer, manager.ones(new Shape(2, 5)), "SparseLinear's input is (2, 5); allowed: (..., 4)");
    assertRefused(
        layer,
        manager.ones(new Shape(2, 4), DataType.FLOAT64),
        "SparseLinear's input is float64; allowed: float32");
    assertRefused(layer, manager.create(1f), "SparseLinear's input is (); allowed: (..., 4)");
    assertThrows(
        RecipeException.class,
        () -> SparseLinear.builder(layer.topology()).values(new float[1]).build());
  }

  private void assertRefused(SparseLinear layer, NDArray x, String sentence) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> forward(layer, x, false));
    assertEquals(sentence, refused.getMessage());
  }

  @Test
  void refusesToTrainWithoutGradients() {
    SparseLinear layer = initialised(random(new Layout.Csr(), 3, 4, 0.5, 1));
    IllegalStateException refused =
        assertThrows(
            IllegalStateException.class, () -> forward(layer, manager.ones(new Shape(2, 4))));
    assertEquals(
        "SparseLinear trains only while Autograd.gradientCollector() is open on this thread; a DJL"
            + " trainer returns it from newGradientCollector()",
        refused.getMessage());
  }

  private SparseLinear initialised(Topology topology) {
    SparseLinear layer = SparseLinear.builder(topology).build();
    layer.initialize(manager, DataType.FLOAT32, new Shape(1, topology.columns()));
    return layer;
  }

  private NDArray forward(SparseLinear layer, NDArray x) {
    return forward(layer, x, true);
  }

  private NDArray forward(SparseLinear layer, NDArray x, boolean training) {
    ParameterStore store = new ParameterStore(manager, false);
    return layer.forward(store, new NDList(x), training).singletonOrThrow();
  }

  private NDArray leaf(float[] values, Shape shape) {
    NDArray leaf = manager.create(values, shape);
    leaf.setRequiresGradient(true);
    return leaf;
  }

  private static float[] ones(Topology topology) {
    float[] ones = new float[topology.values()];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static Topology random(Layout layout, int rows, int columns, double density, long seed) {
    Random random = new Random(seed);
    boolean[] mask = new boolean[rows * columns];
    for (int i = 0; i < mask.length; i++) {
      boolean allowed = !(layout instanceof Layout.NOfM) || i % columns % 4 < 2;
      mask[i] = allowed && random.nextDouble() < density;
    }
    return Topology.of(layout, rows, columns, mask);
  }

  /** A layer of 7 outputs and 13 inputs, no multiples of any block, with what it reads. */
  private static final class Case {
    static final int OUT = 7;
    static final int IN = 13;

    final Topology topology;
    final boolean relu;
    final boolean hasBias;
    final float[] values;
    final float[] bias;
    final float[] x;

    Case(Layout layout, double density, Shape batch, boolean relu, boolean hasBias) {
      this.topology = random(layout, OUT, IN, density, 11);
      this.relu = relu;
      this.hasBias = hasBias;
      Random random = new Random(4);
      this.values = topology.gather(normal(random, OUT * IN));
      this.bias = normal(random, OUT);
      this.x = normal(random, (int) batch.size() * IN);
    }

    SparseLinear layer() {
      return hasBias
          ? SparseLinear.builder(topology).relu(relu).values(values).bias(bias).build()
          : SparseLinear.builder(topology).relu(relu).values(values).bias(false).build();
    }

    private static float[] normal(Random random, int count) {
      float[] drawn = new float[count];
      for (int i = 0; i < count; i++) {
        drawn[i] = (float) random.nextGaussian();
      }
      return drawn;
    }
  }
}
