package io.coppice.framework.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv1d;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.pooling.Pool;
import io.coppice.framework.network.models.CustomModel;
import io.coppice.framework.network.models.Lenet5Caffe;
import io.coppice.framework.network.models.Mlp;
import io.coppice.framework.network.models.Mnist1dCnn;
import io.coppice.framework.network.models.Mnist1dGru;
import io.coppice.framework.network.models.Mnist1dMlp;
import io.coppice.framework.recipe.CanonicalJson;
import io.coppice.framework.recipe.RecipeException;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CompactionTest {
  private NDManager manager;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
  }

  @AfterEach
  void close() {
    manager.close();
  }

  /** 2 inputs, 3 ReLU neurons, 2 ReLU neurons, 2 outputs. */
  private Network tiny(boolean biases) {
    return Network.initialise(Mlp.of(3, 2).biases(biases), new Shape(2), 2, 1, manager);
  }

  private static void set(Network network, String layer, float... weight) {
    network.layer(layer).weight().set(weight);
  }

  private static void bias(Network network, String layer, float... bias) {
    network.layer(layer).bias().getArray().set(bias);
  }

  private static List<Shape> shapes(Network network) {
    return network.layers().stream().map(Layer::shape).toList();
  }

  @Test
  void aNeuronThatNothingLeavesIsDeadAndSoIsWhatFeedsOnlyIt() {
    Network network = tiny(true);
    set(network, "fc1", 1, 2, 3, 4, 5, 6);
    set(network, "fc2", 1, 0, 0, 0, 7, 8);
    set(network, "fc3", 1, 0, 2, 0);
    Liveness liveness = Liveness.of(network);
    assertEquals(3, liveness.deadUnits());
    assertEquals(2, liveness.nonzero(network.layer("fc1")));
    assertEquals(1, liveness.nonzero(network.layer("fc2")));
    assertEquals(2, liveness.nonzero(network.layer("fc3")));
    Network compact = network.compact();
    assertEquals(List.of(new Shape(1, 2), new Shape(1, 1), new Shape(2, 1)), shapes(compact));
    assertArrayEquals(new float[] {1, 2}, compact.layer("fc1").weight().toFloatArray());
  }

  @Test
  void aConstantNeuronMovesIntoTheNextBias() {
    Network network = tiny(true);
    set(network, "fc1", 0, 0, 3, 4, 0, 0);
    bias(network, "fc1", 2, 0, -2);
    set(network, "fc2", 5, 0, 7, 0, 1, 1);
    bias(network, "fc2", 1, 0.5f);
    set(network, "fc3", 3, 1, 0, 1);
    bias(network, "fc3", 0.25f, 0);
    Liveness liveness = Liveness.of(network);
    assertEquals(3, liveness.deadUnits(), "fc1's first and third, and fc2's first, ReLU(11)");
    assertEquals(2 + 1 + 2, liveness.nonzero());
    Network compact = network.compact();
    assertEquals(List.of(new Shape(1, 2), new Shape(1, 1), new Shape(2, 1)), shapes(compact));
    assertArrayEquals(
        new float[] {33.25f, 0}, compact.layer("fc3").bias().getArray().toFloatArray());
    assertArrayEquals(new float[] {0.5f}, compact.layer("fc2").bias().getArray().toFloatArray());
  }

  @Test
  void aConstantNeuronStaysWhereTheNextLayerHasNoBias() {
    Block block =
        new SequentialBlock()
            .add(Linear.builder().setUnits(2).build())
            .add(Activation.sigmoidBlock())
            .add(Linear.builder().setUnits(2).optBias(false).build());
    Network network =
        Network.initialise(new CustomModel("sigmoid", () -> block), new Shape(2), 2, 1, manager);
    set(network, "fc1", 0, 0, 1, 2);
    set(network, "fc2", 1, 2, 3, 4);
    assertEquals(0, Liveness.of(network).deadUnits(), "sigmoid(0) is not 0");
    assertEquals(2 + 4, Liveness.of(network).nonzero());
  }

  @Test
  void withoutBiasesAReluNeuronWithoutInputsIsDead() {
    Network network = tiny(false);
    set(network, "fc1", 0, 0, 1, 2, 3, 4);
    set(network, "fc2", 9, 0, 0, 9, 1, 1);
    set(network, "fc3", 1, 1, 1, 1);
    assertEquals(2, Liveness.of(network).deadUnits(), "fc1's first, then fc2's first");
    assertEquals(
        List.of(new Shape(2, 2), new Shape(1, 2), new Shape(2, 1)), shapes(network.compact()));
  }

  @Test
  void aNetworkWithoutAnyPathKeepsOneSilentUnitPerLayer() {
    Network network = tiny(true);
    set(network, "fc2", new float[6]);
    bias(network, "fc3", 1, -1);
    assertEquals(0, Liveness.of(network).nonzero());
    Network compact = network.compact();
    assertEquals(List.of(new Shape(1, 2), new Shape(1, 1), new Shape(2, 1)), shapes(compact));
    assertEquals(0, Liveness.of(compact).nonzero());
    assertArrayEquals(new float[] {1, -1}, compact.layer("fc3").bias().getArray().toFloatArray());
  }

  @Test
  void channelsFanOutThroughPoolingAndFlattening() {
    Network network = Network.initialise(new Lenet5Caffe(), new Shape(28, 28), 10, 1, manager);
    NDArray conv2 = network.layer("conv2").weight();
    conv2.set(cleared(conv2.toFloatArray(), 20 * 25, channel -> channel % 5 == 0));
    bias(network, "conv2", ramp(50));
    NDArray fc1 = network.layer("fc1").weight();
    fc1.set(cleared(fc1.toFloatArray(), 800, neuron -> neuron >= 100));
    Network compact = network.compact();
    assertEquals(
        List.of(
            new Shape(20, 1, 5, 5),
            new Shape(40, 20, 5, 5),
            new Shape(100, 640),
            new Shape(10, 100)),
        shapes(compact));
    assertEquals(410, Liveness.of(network).deadUnits());
    assertEquals(500 + 40 * 500 + 100 * 640 + 1000, Liveness.of(network).nonzero());
  }

  private static float[] cleared(float[] weight, int row, java.util.function.IntPredicate dead) {
    for (int i = 0; i < weight.length; i++) {
      weight[i] = dead.test(i / row) ? 0 : weight[i];
    }
    return weight;
  }

  private static float[] ramp(int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = i - length / 3f;
    }
    return values;
  }

  @Test
  void aConstantChannelIsFoldedIntoAnUnpaddedConvolutionOnly() {
    assertEquals(1, deadChannels(0));
    assertEquals(0, deadChannels(1));
  }

  private long deadChannels(int padding) {
    CustomModel model =
        new CustomModel(
            "padded",
            () ->
                new SequentialBlock()
                    .add(Conv1d.builder().setKernelShape(new Shape(3)).setFilters(2).build())
                    .add(Activation.reluBlock())
                    .add(
                        Conv1d.builder()
                            .setKernelShape(new Shape(3))
                            .setFilters(2)
                            .optPadding(new Shape(padding))
                            .build())
                    .add(Blocks.batchFlattenBlock())
                    .add(Linear.builder().setUnits(2).build()));
    Network network = Network.initialise(model, new Shape(1, 9), 2, 1, manager);
    set(network, "conv1", 1, 2, 3, 0, 0, 0);
    bias(network, "conv1", 0, 1);
    network.compact();
    return Liveness.of(network).deadUnits();
  }

  @Test
  void batchNormIsCutAlongAndItsShiftIsMoved() {
    Network network =
        Network.initialise(
            new CustomModel("normalised", CompactionTest::normalised),
            new Shape(2, 8, 8),
            10,
            1,
            manager);
    Random random = new Random(1);
    for (Parameter parameter : network.parameters().values()) {
      if (parameter.getShape().dimension() == 1) {
        float[] values = new float[(int) parameter.getShape().size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = 0.5f + random.nextFloat();
        }
        parameter.getArray().set(values);
      }
    }
    NDArray conv = network.layer("conv1").weight();
    conv.set(cleared(conv.toFloatArray(), 18, channel -> channel < 2));
    NDArray fc = network.layer("fc1").weight();
    fc.set(cleared(fc.toFloatArray(), 6 * 9, neuron -> neuron == 4));
    Network compact = network.compact();
    assertEquals(
        List.of(new Shape(4, 2, 3, 3), new Shape(11, 36), new Shape(10, 11)), shapes(compact));
    compact.forward(manager.ones(new Shape(3, 2, 8, 8)), true);
  }

  private static Block normalised() {
    return new SequentialBlock()
        .add(BatchNorm.builder().build())
        .add(
            new SequentialBlock()
                .add(Conv2d.builder().setKernelShape(new Shape(3, 3)).setFilters(6).build())
                .add(BatchNorm.builder().build())
                .add(Activation.reluBlock())
                .add(
                    Pool.avgPool2dBlock(
                        new Shape(2, 2), new Shape(2, 2), new Shape(0, 0), false, false)))
        .add(Blocks.batchFlattenBlock())
        .add(BatchNorm.builder().build())
        .add(Linear.builder().setUnits(12).build())
        .add(BatchNorm.builder().build())
        .add(Activation.tanhBlock())
        .add(Dropout.builder().optRate(0.5f).build())
        .add(Linear.builder().setUnits(10).build());
  }

  @Test
  void residualAndRecurrentNetworksAreRefusedInOneSentence() {
    Network residual = Network.initialise(new Mnist1dMlp(), new Shape(40), 10, 1, manager);
    RecipeException e = assertThrows(RecipeException.class, residual::compact);
    assertTrue(e.getMessage().startsWith("compact() cannot look through ParallelBlock;"));
    Network gru = Network.initialise(new Mnist1dGru(), new Shape(40), 10, 1, manager);
    assertThrows(RecipeException.class, gru::compact);
    CustomModel shuffled =
        new CustomModel(
            "function",
            () ->
                new SequentialBlock()
                    .add(Linear.builder().setUnits(4).build())
                    .addSingleton(array -> array.flip(1), "flip")
                    .add(Linear.builder().setUnits(10).build()));
    Network function = Network.initialise(shuffled, new Shape(3), 10, 1, manager);
    set(function, "fc1", new float[12]);
    e = assertThrows(RecipeException.class, function::compact);
    assertTrue(e.getMessage().contains("the function 'flip'"), e.getMessage());
    assertEquals(0, Liveness.of(function).deadUnits());
  }

  @Test
  void whereUnitsCannotBeFollowedEveryNonzeroWeightCounts() {
    Network network = Network.initialise(new Mnist1dMlp(), new Shape(40), 10, 1, manager);
    NDArray weight = network.layer("fc2").weight();
    weight.set(cleared(weight.toFloatArray(), 100, neuron -> neuron < 30));
    assertEquals(4000 + 7000 + 1000, Liveness.of(network).nonzero());
    assertEquals(0, Liveness.of(network).deadUnits());
  }

  @Test
  void aFunctionBeforeTheFirstLayerDoesNoHarm() {
    Network network = Network.initialise(new Mnist1dCnn(), new Shape(40), 10, 1, manager);
    NDArray weight = network.layer("conv2").weight();
    weight.set(cleared(weight.toFloatArray(), 75, channel -> channel % 2 == 0));
    assertEquals(
        List.of(
            new Shape(25, 1, 5), new Shape(12, 25, 3), new Shape(25, 12, 3), new Shape(10, 125)),
        shapes(network.compact()));
  }

  @Test
  void aCompactedNetworkHasARecipeOfItsOwnAndCanBeCompactedAgain() {
    Network network = Network.initialise(Mlp.of(6, 5), new Shape(4), 3, 1, manager);
    NDArray weight = network.layer("fc1").weight();
    weight.set(cleared(weight.toFloatArray(), 4, neuron -> neuron < 2));
    Network compact = network.compact();
    assertEquals("MLP-6-5 compacted", compact.model().name());
    assertEquals(new Compacted(Mlp.of(6, 5), List.of(4, 5)), compact.model());
    CanonicalJson.hash(compact.model());
    weight = compact.layer("fc2").weight();
    weight.set(cleared(weight.toFloatArray(), 4, neuron -> neuron < 2));
    assertEquals(new Compacted(Mlp.of(6, 5), List.of(4, 3)), compact.compact().model());
  }

  /** Random sparse networks: the count is the compacted network's, and nothing more can go. */
  @Property(tries = 60)
  void theCountIsTheCompactedNetworks(
      @ForAll @IntRange(max = 100_000) int seed,
      @ForAll @DoubleRange(min = 0.02, max = 0.6) double keep,
      @ForAll boolean biases,
      @ForAll boolean convolutional) {
    try (NDManager own = NDManager.newBaseManager()) {
      Network network =
          convolutional
              ? Network.initialise(
                  new Lenet5Caffe().biases(biases), new Shape(16, 16), 4, seed, own)
              : Network.initialise(Mlp.of(9, 8, 7).biases(biases), new Shape(6), 4, seed, own);
      Random random = new Random(seed);
      double share = convolutional ? keep / 10 : keep;
      for (Layer layer : network.layers()) {
        float[] weight = layer.weight().toFloatArray();
        for (int i = 0; i < weight.length; i++) {
          weight[i] = random.nextDouble() < share ? weight[i] : 0;
        }
        layer.weight().set(weight);
        if (biases) {
          float[] bias = new float[(int) layer.outputs()];
          for (int i = 0; i < bias.length; i++) {
            bias[i] = (float) random.nextGaussian();
          }
          layer.bias().getArray().set(bias);
        }
      }
      Network compact = network.compact();
      long written = 0;
      for (Layer layer : compact.layers()) {
        written += layer.weight().neq(0).sum().getLong();
      }
      Liveness again = Liveness.of(compact);
      assertEquals(Liveness.of(network).nonzero(), written);
      assertEquals(written, again.nonzero());
      assertEquals(shapes(compact), shapes(compact.compact()));
    }
  }
}
