package io.coppice.framework.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
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
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.recurrent.LSTM;
import ai.djl.training.GradientCollector;
import io.coppice.framework.data.DataException;
import io.coppice.framework.network.models.CustomModel;
import io.coppice.framework.network.models.LeNet300100;
import io.coppice.framework.network.models.Lenet5Caffe;
import io.coppice.framework.network.models.Mlp;
import io.coppice.framework.network.models.Mnist1dCnn;
import io.coppice.framework.network.models.Mnist1dGru;
import io.coppice.framework.network.models.Mnist1dMlp;
import io.coppice.framework.recipe.RecipeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NetworkTest {
  private NDManager manager;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
  }

  @AfterEach
  void close() {
    manager.close();
  }

  private static Block normalised() {
    return new SequentialBlock()
        .add(Conv2d.builder().setKernelShape(new Shape(3, 3)).setFilters(4).build())
        .add(BatchNorm.builder().build())
        .add(Activation.reluBlock())
        .add(Blocks.batchFlattenBlock())
        .add(Linear.builder().setUnits(10).build());
  }

  private static Block recurrent() {
    return new SequentialBlock()
        .add(LSTM.builder().setStateSize(4).setNumLayers(1).build())
        .add(Blocks.batchFlattenBlock())
        .add(Linear.builder().setUnits(10).build());
  }

  static Stream<Arguments> models() {
    return Stream.of(
        Arguments.of(Mlp.of(6), new Shape(5)),
        Arguments.of(new Lenet5Caffe(), new Shape(1, 16, 16)),
        Arguments.of(new Mnist1dMlp(), new Shape(40)),
        Arguments.of(new Mnist1dCnn(), new Shape(40)),
        Arguments.of(new Mnist1dGru(), new Shape(40)),
        Arguments.of(new CustomModel("normalised", NetworkTest::normalised), new Shape(2, 6, 6)),
        Arguments.of(new CustomModel("lstm", NetworkTest::recurrent), new Shape(7, 3)));
  }

  /** A fixed mask per layer, half of it 0, kept in memory of its own. */
  private Map<String, NDArray> masks(Network network) {
    return network.layers().stream()
        .collect(
            Collectors.toMap(
                Layer::name,
                layer -> {
                  Random random = new Random(layer.name().hashCode());
                  float[] mask = new float[Math.toIntExact(layer.size())];
                  for (int i = 0; i < mask.length; i++) {
                    mask[i] = random.nextBoolean() ? 1 : 0;
                  }
                  return manager.create(mask, layer.shape());
                }));
  }

  private NDArray examples(Network network, int count) {
    Shape shape = new Shape(count).addAll(network.sample());
    Random random = new Random(5);
    float[] values = new float[Math.toIntExact(shape.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return manager.create(values, shape);
  }

  @ParameterizedTest
  @MethodSource("models")
  void masksReachEveryBlockAndGradientsReachTheDenseWeight(Model model, Shape sample) {
    Network network = Network.initialise(model, sample, 10, 3, manager);
    Map<String, NDArray> masks = masks(network);
    NDArray examples = examples(network, 8);
    NDArray masked;
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      masked =
          network.forward(examples, true, (layer, weight) -> weight.mul(masks.get(layer.name())));
      collector.backward(masked.mul(masked).sum());
    }
    for (Layer layer : network.layers()) {
      float[] gradient = layer.weight().getGradient().toFloatArray();
      float[] mask = masks.get(layer.name()).toFloatArray();
      int reached = 0;
      int open = 0;
      for (int i = 0; i < mask.length; i++) {
        if (mask[i] == 0) {
          assertTrue(gradient[i] == 0, layer.name());
        } else {
          open++;
          reached += gradient[i] != 0 ? 1 : 0;
        }
      }
      assertTrue(reached > open / 3, layer.name() + ": " + reached + " of " + open);
    }
    float[] through =
        network
            .forward(examples, false, (layer, weight) -> weight.mul(masks.get(layer.name())))
            .toFloatArray();
    float[] dense = network.forward(examples, false).toFloatArray();
    network.layers().forEach(layer -> layer.weight().muli(masks.get(layer.name())));
    float[] written = network.forward(examples, false).toFloatArray();
    assertArrayEquals(written, through);
    assertFalse(Arrays.equals(written, dense));
  }

  @ParameterizedTest
  @MethodSource("models")
  void sameSeedSameBits(Model model, Shape sample) {
    float[] one = values(Network.initialise(model, sample, 10, 3, manager));
    assertArrayEquals(one, values(Network.initialise(model, sample, 10, 3, manager)));
    assertFalse(Arrays.equals(one, values(Network.initialise(model, sample, 10, 4, manager))));
  }

  private static float[] values(Network network) {
    StringBuilder sizes = new StringBuilder();
    float[] all = new float[0];
    for (Parameter parameter : network.parameters().values()) {
      float[] own = parameter.getArray().toFloatArray();
      int from = all.length;
      all = Arrays.copyOf(all, from + own.length);
      System.arraycopy(own, 0, all, from, own.length);
      sizes.append(own.length);
    }
    assertTrue(sizes.length() > 0);
    return all;
  }

  @Test
  void layersAreDrawnIndependently() {
    Network network = Network.initialise(Mlp.of(50, 50, 50), new Shape(50), 10, 3, manager);
    float[] one = network.layer("fc2").weight().toFloatArray();
    float[] other = network.layer("fc3").weight().toFloatArray();
    double product = 0;
    double squares = 0;
    for (int i = 0; i < one.length; i++) {
      product += one[i] * other[i];
      squares += one[i] * one[i];
    }
    assertEquals(0, product / squares, 4 / Math.sqrt(one.length));
  }

  @Test
  void biasesStartAtZeroAndTrainableParametersWantGradients() {
    Network network =
        Network.initialise(
            new CustomModel("normalised", NetworkTest::normalised),
            new Shape(2, 6, 6),
            10,
            3,
            manager);
    assertEquals(0, network.layer("fc1").bias().getArray().abs().sum().getFloat());
    network
        .parameters()
        .values()
        .forEach(p -> assertEquals(p.requiresGradient(), p.getArray().hasGradient(), p.getName()));
  }

  @Test
  void runningStatisticsMoveInTrainingOnly() {
    Network network =
        Network.initialise(
            new CustomModel("normalised", NetworkTest::normalised),
            new Shape(2, 6, 6),
            10,
            3,
            manager);
    Parameter mean =
        network.parameters().values().stream()
            .filter(p -> p.getType() == Parameter.Type.RUNNING_MEAN)
            .findFirst()
            .orElseThrow();
    network.forward(examples(network, 8), false);
    assertEquals(0, mean.getArray().abs().sum().getFloat());
    network.forward(examples(network, 8), true);
    assertNotEquals(0, mean.getArray().abs().sum().getFloat());
  }

  @Test
  void weightsThatABlockBringsStayAndFrozenOnesAreNoLayers() {
    CustomModel model =
        new CustomModel(
            "transfer",
            () -> {
              Linear features = Linear.builder().setUnits(3).build();
              features.initialize(NDManager.newBaseManager(), DataType.FLOAT32, new Shape(1, 2));
              features.getParameters().get("weight").getArray().set(new float[] {1, 2, 3, 4, 5, 6});
              features.freezeParameters(true);
              return new SequentialBlock()
                  .add(features)
                  .add(Activation.reluBlock())
                  .add(Linear.builder().setUnits(10).build());
            });
    Network network = Network.initialise(model, new Shape(2), 10, 1, manager);
    assertEquals(List.of("fc2"), network.layers().stream().map(Layer::name).toList());
    assertArrayEquals(
        new float[] {1, 2, 3, 4, 5, 6},
        network.block().getParameters().get("01Linear_weight").getArray().toFloatArray());
  }

  @Test
  void aLayerThatIsNotThereIsNamed() {
    Network network = Network.initialise(Mlp.of(6), new Shape(5), 10, 3, manager);
    RecipeException e = assertThrows(RecipeException.class, () -> network.layer("fc9"));
    assertEquals("layer is fc9; allowed: fc1, fc2", e.getMessage());
  }

  @Test
  void examplesThatABlockCannotReadAreNamed() {
    CustomModel model = new CustomModel("normalised", NetworkTest::normalised);
    RecipeException e =
        assertThrows(
            RecipeException.class, () -> Network.initialise(model, new Shape(40), 10, 3, manager));
    assertTrue(e.getMessage().startsWith("normalised cannot read examples of (40): "));
  }

  @Test
  void aBlockUsedTwiceIsOneLayer() {
    CustomModel model =
        new CustomModel(
            "shared",
            () -> {
              Linear twice = Linear.builder().setUnits(10).build();
              return new SequentialBlock().add(twice).add(Activation.reluBlock()).add(twice);
            });
    Network network = Network.initialise(model, new Shape(10), 10, 3, manager);
    assertEquals(List.of("fc1"), network.layers().stream().map(Layer::name).toList());
    network.layer("fc1").weight().muli(0);
    assertEquals(0, Liveness.of(network).deadUnits());
    assertThrows(RecipeException.class, network::compact);
  }

  @Test
  void forwardLeavesNothingBehind() {
    Network network = Network.initialise(new LeNet300100(), new Shape(784), 10, 3, manager);
    NDArray examples = examples(network, 4);
    int before = network.manager().getManagedArrays().size();
    for (int i = 0; i < 3; i++) {
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        network.forward(examples, true, (layer, weight) -> weight.mul(2));
      }
    }
    assertEquals(before, network.manager().getManagedArrays().size());
  }

  @ParameterizedTest
  @MethodSource("models")
  void comesBackFromAFileBitForBit(Model model, Shape sample, @TempDir Path folder)
      throws IOException {
    Network network = Network.initialise(model, sample, 10, 3, manager);
    Map<String, NDArray> masks = masks(network);
    network.layers().forEach(layer -> layer.weight().muli(masks.get(layer.name())));
    Path file = folder.resolve("deeper").resolve("model.safetensors");
    network.save(file);
    Network other = Network.initialise(model, sample, 10, 4, manager);
    int held = other.manager().getManagedArrays().size();
    other.load(file);
    assertEquals(held, other.manager().getManagedArrays().size());
    assertArrayEquals(values(network), values(other));
    for (Layer layer : other.layers()) {
      assertEquals(masks.get(layer.name()).sum().getFloat(), layer.weight().neq(0).sum().getLong());
    }
    network.save(file);
    try (Stream<Path> files = Files.list(file.getParent())) {
      assertEquals(List.of(file), files.toList());
    }
  }

  @Test
  void aDamagedOrForeignFileIsRefusedAndChangesNothing(@TempDir Path folder) throws IOException {
    Network network = Network.initialise(Mlp.of(6), new Shape(5), 10, 3, manager);
    float[] before = values(network);
    Path file = folder.resolve("model.safetensors");
    assertThrows(DataException.class, () -> network.load(file));
    network.save(file);
    byte[] bytes = Files.readAllBytes(file);
    for (int length : new int[] {0, 5, 8, 9, 60, bytes.length - 1}) {
      Files.write(file, Arrays.copyOf(bytes, length));
      assertThrows(DataException.class, () -> network.load(file), "length " + length);
    }
    for (int at : new int[] {0, 3, 7, 8, 40}) {
      byte[] wrong = bytes.clone();
      wrong[at] = 127;
      Files.write(file, wrong);
      assertThrows(DataException.class, () -> network.load(file), "byte " + at);
    }
    Files.write(file, Arrays.copyOf(bytes, bytes.length + 1));
    assertThrows(DataException.class, () -> network.load(file), "a byte too many");
    Network.initialise(Mlp.of(7), new Shape(5), 10, 3, manager).save(file);
    assertThrows(DataException.class, () -> network.load(file));
    Network.initialise(Mlp.of(6, 6), new Shape(5), 10, 3, manager).save(file);
    assertThrows(DataException.class, () -> network.load(file));
    assertArrayEquals(before, values(network));
  }

  @Test
  void readsAsATable() {
    Network network = Network.initialise(new Lenet5Caffe(), new Shape(28, 28), 10, 3, manager);
    network.layer("fc2").weight().muli(0);
    assertEquals(
        """
        LeNet-5-Caffe: [28, 28] to 10 classes, 431,080 parameters
        layer  weight          output        weights  nonzero              density
        ──────────────────────────────────────────────────────────────────────────
        conv1  [20, 1, 5, 5]   [20, 24, 24]      500      500  100.00 % ██████████
        conv2  [50, 20, 5, 5]  [50, 8, 8]     25,000   25,000  100.00 % ██████████
        fc1    [500, 800]      [500]         400,000  400,000  100.00 % ██████████
        fc2    [10, 500]       [10]            5,000        0    0.00 % ░░░░░░░░░░
        ──────────────────────────────────────────────────────────────────────────
        all                                  430,500  425,500   98.84 % █████████░""",
        network.toString());
  }

  @Test
  void readsAsATableInANarrowTerminalToo() {
    Network network = Network.initialise(new Lenet5Caffe(), new Shape(28, 28), 10, 3, manager);
    String text = network.toText(40);
    assertTrue(text.lines().allMatch(line -> line.length() <= 40), text);
    for (String layer : List.of("conv1", "conv2", "fc1", "fc2")) {
      assertEquals(2, text.lines().filter(line -> line.startsWith(layer)).count(), text);
    }
    assertTrue(text.contains("430,500") && text.contains("100.00 %"), text);
  }

  @Test
  void showsItsLayersOnAPage() {
    Network network = Network.initialise(new Lenet5Caffe(), new Shape(28, 28), 10, 3, manager);
    network.layer("fc2").weight().muli(0);
    String html = network.toHtml();
    for (String part :
        List.of("LeNet-5-Caffe", "431,080 parameters", "[50, 20, 5, 5]", "98.84 %")) {
      assertTrue(html.contains(part), part);
    }
    assertTrue(html.contains("width:98.8%") && html.contains("width:0.0%"), html);
  }
}
