package io.coppice.engines.pytorch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import io.coppice.framework.autograd.Autograd;
import io.coppice.framework.blocks.SparseConv2d;
import io.coppice.framework.blocks.SparseConv2dBuilder;
import io.coppice.framework.data.DataSource;
import io.coppice.framework.data.Examples;
import io.coppice.framework.data.Parts;
import io.coppice.framework.method.Dense;
import io.coppice.framework.network.Model;
import io.coppice.framework.ops.Layout;
import io.coppice.framework.ops.Topology;
import io.coppice.framework.optimize.Sgd;
import io.coppice.framework.recipe.RecipeException;
import io.coppice.framework.recipe.Time;
import io.coppice.framework.training.LearningRates;
import io.coppice.framework.training.Plan;
import io.coppice.framework.training.Training;
import io.coppice.framework.training.TrainingRecipe;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SparseConv2dTest {
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

  /** A convolution of [batch, in, 7, 6] images with kernels of 3×2. */
  record Case(
      Layout layout,
      double density,
      int batch,
      int in,
      int out,
      int stride,
      int padding,
      int groups,
      boolean relu,
      boolean bias) {

    Shape input() {
      return new Shape(batch, in, 7, 6);
    }

    Topology topology() {
      Random random = new Random(5);
      boolean[] mask = new boolean[out * in / groups * 6];
      for (int i = 0; i < mask.length; i++) {
        mask[i] = random.nextDouble() < density;
      }
      return Topology.of(layout, out, mask.length / out, mask);
    }

    SparseConv2d layer(float[] values) {
      SparseConv2dBuilder builder =
          SparseConv2d.builder(topology(), 3, 2)
              .stride(stride)
              .padding(padding)
              .groups(groups)
              .relu(relu)
              .values(values);
      return bias ? builder.bias(normal(out)).build() : builder.bias(false).build();
    }
  }

  static Stream<Case> cases() {
    Layout csr = new Layout.Csr();
    return Stream.of(
        new Case(csr, 0.3, 3, 4, 6, 1, 1, 1, true, true),
        new Case(csr, 0.3, 2, 4, 6, 2, 0, 2, false, true),
        new Case(csr, 0.5, 1, 3, 3, 3, 2, 3, true, false),
        new Case(csr, 0, 2, 2, 3, 1, 0, 1, false, true),
        new Case(csr, 1, 2, 2, 3, 1, 3, 1, true, true),
        new Case(new Layout.Blocks(4, 1), 0.2, 5, 3, 6, 1, 1, 1, true, true));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isAConvolutionWithAMaskedWeight(Case what) {
    Topology topology = what.topology();
    float[] values = topology.gather(normal(what.out() * topology.columns()));
    float[] image = normal((int) what.input().size());
    NDArray x = leaf(image, what.input());
    SparseConv2d layer = what.layer(values);
    layer.initialize(manager, DataType.FLOAT32, what.input());
    layer.getParameters().values().stream()
        .filter(Parameter::requiresGradient)
        .forEach(parameter -> parameter.getArray().setRequiresGradient(true));
    NDArray whole = manager.zeros(layer.weightShape());
    layer.addWholeGradientTo(whole);
    NDArray y = step(autograd.gradientCollector(), x, input -> forward(layer, input, true));

    NDArray denseX = leaf(image, what.input());
    Shape kernel = new Shape(what.out(), what.in() / what.groups(), 3, 2);
    NDArray weight = leaf(topology.scatter(values), kernel);
    NDArray bias =
        leaf(what.bias() ? normal(what.out()) : new float[what.out()], new Shape(what.out()));
    Shape stride = new Shape(what.stride(), what.stride());
    Shape padding = new Shape(what.padding(), what.padding());
    NDArray expected =
        step(
            Engine.getInstance().newGradientCollector(),
            denseX,
            input -> {
              NDArray z =
                  Conv2d.conv2d(
                          input, weight, bias, stride, padding, new Shape(1, 1), what.groups())
                      .get(0);
              return what.relu() ? z.maximum(manager.create(0f)) : z;
            });

    assertEquals(expected.getShape(), y.getShape());
    assertEquals(y.getShape(), layer.getOutputShapes(new Shape[] {what.input()})[0]);
    assertClose(expected.toFloatArray(), y.toFloatArray());
    assertClose(denseX.getGradient().toFloatArray(), x.getGradient().toFloatArray());
    assertEquals(kernel, layer.weightShape());
    assertClose(weight.getGradient().toFloatArray(), whole.toFloatArray());
    assertClose(
        topology.gather(weight.getGradient().toFloatArray()),
        layer.values().getArray().getGradient().toFloatArray());
    if (what.bias()) {
      assertClose(
          bias.getGradient().toFloatArray(),
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

  @Test
  void itsGradientsAreFiniteDifferences() {
    Case what = new Case(new Layout.Csr(), 0.4, 2, 4, 2, 2, 1, 2, false, true);
    Topology topology = what.topology();
    SparseConv2d layer = what.layer(topology.gather(normal(what.out() * topology.columns())));
    NDArray x = leaf(normal((int) what.input().size()), what.input());
    layer.initialize(manager, DataType.FLOAT32, what.input());
    NDArray values = layer.values().getArray();
    values.setRequiresGradient(true);
    try (GradientCollector collector = autograd.gradientCollector()) {
      collector.backward(forward(layer, x, true).tanh().sum());
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

  private double shifted(SparseConv2d layer, NDArray x, NDArray array, int position, float step) {
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
  void readsImagesOfAnySize() {
    Topology one = Topology.of(new Layout.Csr(), 1, 6, new float[] {0, 0, 3, 0, 0, 0});
    SparseConv2d layer =
        SparseConv2d.builder(one, 3, 2).values(new float[] {3}).bias(new float[] {1}).build();
    layer.initialize(manager, DataType.FLOAT32, new Shape(1, 1, 3, 2));
    NDArray small = forward(layer, manager.arange(6f).reshape(1, 1, 3, 2), false);
    assertArrayEquals(new float[] {3 * 2 + 1}, small.toFloatArray());
    NDArray large = forward(layer, manager.arange(12f).reshape(1, 1, 4, 3), false);
    assertEquals(new Shape(1, 1, 2, 2), large.getShape());
    assertArrayEquals(new float[] {10, 13, 19, 22}, large.toFloatArray());
    NDArray none = forward(layer, manager.create(new Shape(0, 1, 4, 3)), false);
    assertEquals(new Shape(0, 1, 2, 2), none.getShape());
  }

  @Test
  void saysWhatItReads() {
    Topology one = Topology.of(new Layout.Csr(), 2, 6, new float[12]);
    SparseConv2d layer = SparseConv2d.builder(one, 3, 2).groups(2).build();
    assertRefused(
        layer,
        new Shape(1, 3, 5, 5),
        "SparseConv2d's input is (1, 3, 5, 5); allowed: (batch, 2, height, width)");
    assertRefused(
        layer,
        new Shape(2, 5, 5),
        "SparseConv2d's input is (2, 5, 5); allowed: (batch, 2, height, width)");
    assertRefused(
        layer,
        new Shape(1, 2, 2, 5),
        "SparseConv2d's input is (1, 2, 2, 5); allowed: images of at least 3×2");
    assertThrows(RecipeException.class, () -> SparseConv2d.builder(one, 2, 2));
    assertThrows(RecipeException.class, () -> SparseConv2d.builder(one, 3, 2).groups(3));
  }

  private static void assertRefused(Block layer, Shape input, String message) {
    String said =
        assertThrows(
                IllegalArgumentException.class, () -> layer.getOutputShapes(new Shape[] {input}))
            .getMessage();
    assertEquals(message, said);
  }

  @Test
  void bringsBackWeightsAndTopology() throws Exception {
    Case what = new Case(new Layout.Csr(), 0.4, 2, 4, 6, 2, 1, 2, true, true);
    Topology topology = what.topology();
    SparseConv2d saved = what.layer(topology.gather(normal(what.out() * topology.columns())));
    saved.initialize(manager, DataType.FLOAT32, what.input());
    byte[] bytes = bytes(saved);
    Topology empty = Topology.of(new Layout.Csr(), 6, 12, new float[72]);
    SparseConv2d loaded =
        SparseConv2d.builder(empty, 3, 2).stride(2).padding(1).groups(2).relu(true).build();
    loaded.loadParameters(manager, stream(bytes));
    assertEquals(topology, loaded.topology());
    NDArray x = leaf(normal((int) what.input().size()), what.input());
    assertArrayEquals(
        forward(saved, x, false).toFloatArray(), forward(loaded, x, false).toFloatArray());

    SparseConv2d other = SparseConv2d.builder(empty, 3, 2).padding(1).groups(2).relu(true).build();
    MalformedModelException refused =
        assertThrows(
            MalformedModelException.class, () -> other.loadParameters(manager, stream(bytes)));
    assertTrue(refused.getMessage().contains("stride=2"), refused::getMessage);
  }

  private static byte[] bytes(Block layer) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    layer.saveParameters(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static DataInputStream stream(byte[] bytes) {
    return new DataInputStream(new ByteArrayInputStream(bytes));
  }

  /** Whether a bar stands upright or lies, anywhere on 8×8 pixels with noise. */
  record Bars(int count) implements DataSource {
    @Override
    public String name() {
      return "bars";
    }

    @Override
    public Parts load() {
      return new Parts(2, part(count, 1), part(300, 2), () -> part(300, 3));
    }

    static Examples part(int count, long seed) {
      Random random = new Random(seed);
      float[] pixels = new float[64 * count];
      int[] labels = new int[count];
      for (int i = 0; i < count; i++) {
        for (int p = 0; p < 64; p++) {
          pixels[64 * i + p] = 0.1f * (float) random.nextGaussian();
        }
        labels[i] = random.nextInt(2);
        int line = random.nextInt(8);
        for (int k = 0; k < 8; k++) {
          pixels[64 * i + (labels[i] == 0 ? 8 * line + k : 8 * k + line)] += 1;
        }
      }
      return new Examples(pixels, labels, new Shape(1, 8, 8));
    }
  }

  /** Two sparse convolutions before a dense layer. */
  record SparseCnn() implements Model {
    @Override
    public String name() {
      return "sparse cnn";
    }

    @Override
    public Block block(Shape sample, int classes) {
      return new SequentialBlock()
          .add(SparseConv2d.builder(topology(1, 8, 0.5), 3, 3).padding(1).relu(true).build())
          .add(SparseConv2d.builder(topology(8, 8, 0.2), 3, 3).stride(2).build())
          .add(Activation.reluBlock())
          .add(Blocks.batchFlattenBlock())
          .add(Linear.builder().setUnits(classes).build());
    }

    private static Topology topology(int in, int out, double density) {
      Random random = new Random(in);
      boolean[] mask = new boolean[out * in * 9];
      for (int i = 0; i < mask.length; i++) {
        mask[i] = random.nextDouble() < density;
      }
      return Topology.of(new Layout.Csr(), out, in * 9, mask);
    }
  }

  @Test
  void trainsInsideANetwork() {
    Plan plan =
        new Plan(
            new Bars(600),
            new SparseCnn(),
            new TrainingRecipe(
                new Sgd(0.1, 0.9, false, 0),
                new LearningRates.Cosine(0),
                50,
                Time.epochs(12),
                0,
                0),
            new Dense(),
            1);
    try (Training training = new Training(plan, new Bars(600).load())) {
      while (!training.done()) {
        training.nextEpoch();
      }
      double accuracy = training.rows().get(11).validationAccuracy();
      assertTrue(accuracy > 0.9, () -> "accuracy " + accuracy);
    }
  }

  private NDArray forward(Block layer, NDArray x, boolean training) {
    ParameterStore store = new ParameterStore(manager, false);
    return layer.forward(store, new NDList(x), training).singletonOrThrow();
  }

  private NDArray leaf(float[] numbers, Shape shape) {
    NDArray leaf = manager.create(numbers, shape);
    leaf.setRequiresGradient(true);
    return leaf;
  }

  private static float[] normal(int count) {
    Random random = new Random(count);
    float[] drawn = new float[count];
    for (int i = 0; i < count; i++) {
      drawn[i] = (float) random.nextGaussian();
    }
    return drawn;
  }

  private static void assertClose(float[] expected, float[] actual) {
    float scale = 1;
    for (float number : expected) {
      scale = Math.max(scale, Math.abs(number));
    }
    assertArrayEquals(expected, actual, 1e-5f * scale);
  }
}
