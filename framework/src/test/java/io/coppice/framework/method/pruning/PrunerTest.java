package io.coppice.framework.method.pruning;

import static io.coppice.framework.method.pruning.TinyTraining.MOMENTUM;
import static io.coppice.framework.method.pruning.TinyTraining.mask;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import io.coppice.framework.method.Labelled;
import io.coppice.framework.method.Method;
import io.coppice.framework.network.Layer;
import io.coppice.framework.network.Model;
import io.coppice.framework.optimize.Adam;
import io.coppice.framework.optimize.Optimizer;
import io.coppice.framework.optimize.Sgd;
import io.coppice.framework.recipe.CanonicalJson;
import io.coppice.framework.recipe.RecipeException;
import io.coppice.framework.recipe.Time;
import io.coppice.framework.recipe.Timeline;
import io.coppice.framework.sparsity.Allocation;
import io.coppice.framework.sparsity.Allocation.Global;
import io.coppice.framework.sparsity.Allocation.PerLayer;
import io.coppice.framework.sparsity.Allocation.Uniform;
import io.coppice.framework.sparsity.Granularity;
import io.coppice.framework.sparsity.Granularity.Channel;
import io.coppice.framework.sparsity.Granularity.Column;
import io.coppice.framework.sparsity.Granularity.Neuron;
import io.coppice.framework.sparsity.Granularity.Pooling;
import io.coppice.framework.sparsity.Granularity.Row;
import io.coppice.framework.sparsity.Granularity.Unstructured;
import io.coppice.framework.sparsity.Mask;
import io.coppice.framework.sparsity.NOfM;
import io.coppice.framework.sparsity.Saliency;
import io.coppice.framework.sparsity.Schedule;
import io.coppice.framework.sparsity.Schedule.OneShot;
import io.coppice.framework.sparsity.Schedule.Polynomial;
import io.coppice.framework.training.CollapseException;
import io.coppice.framework.training.Training;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PrunerTest {
  private static final int ALL = 12 * 16 + 16 * 8 + 8 * 4;
  private static final Schedule CUBIC =
      Polynomial.cubic(Time.steps(2), Time.steps(25), Time.steps(5));

  private static Pruner pruner(Granularity granularity, Allocation allocation, double keep) {
    return new Pruner(new Magnitude(), granularity, allocation, CUBIC, keep);
  }

  private static long kept(Training training) {
    return training.network().layers().stream()
        .mapToLong(layer -> mask(training.sparsifier(), layer).kept())
        .sum();
  }

  @Test
  void scoresByHand() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray weight = manager.create(new float[] {-3, 2, 0});
      assertArrayEquals(new float[] {3, 2, 0}, new Magnitude().score(weight, null).toFloatArray());
      NDArray noise = new Random().score(manager.zeros(weight.getShape().add(5000)), null);
      assertEquals(0.5, noise.mean().getFloat(), 0.01);
      assertTrue(noise.min().getFloat() >= 0 && noise.max().getFloat() < 1);
    }
  }

  static List<Optimizer> optimizers() {
    return List.of(
        new Sgd(0.05, 0, false, 0),
        new Sgd(0.05, 0, false, 1e-2),
        new Sgd(0.05, 0.9, false, 0),
        new Sgd(0.05, 0.9, true, 1e-2),
        new Adam(0.01, 0.9, 0.999, 1e-8, 1e-2, false),
        new Adam(0.01, 0.9, 0.999, 1e-8, 1e-2, true));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void removedWeightsAreZeroAfterEveryStepInMemoriesToo(Optimizer optimizer) {
    TinyTraining.run(
        pruner(new Unstructured(), new Global(), 0.2),
        optimizer,
        TinyTraining::assertZerosAndNothingElse);
  }

  static Stream<Pruner> prunersOfEveryKind() {
    Uniform uniform = new Uniform();
    PerLayer denseEnd = new PerLayer(Map.of("fc3", 1.0), new Global());
    return Stream.of(
        pruner(new Unstructured(), uniform, 0.2),
        pruner(new Unstructured(), new Allocation.ErdosRenyi(), 0.2),
        pruner(new Unstructured(), denseEnd, 0.2),
        pruner(NOfM.alongInputs(1, 4), uniform, 0.25),
        pruner(new NOfM(2, 4, NOfM.Axis.OUTPUT), uniform, 0.5),
        pruner(new Granularity.Block(3, 5, Pooling.MAX), new Global(), 0.4),
        pruner(new Row(), uniform, 0.5),
        pruner(new Column(), new Global(), 0.5),
        pruner(new Neuron(), uniform, 0.5),
        new Pruner(new Random(), new Unstructured(), uniform, new OneShot(Time.steps(0)), 0.1),
        new Pruner(
            new Random(), new Unstructured(), uniform, new Schedule.Rounds(3, Time.steps(9)), 0.1),
        new Pruner(
            Saliency.named("weight", (weight, gradient) -> weight),
            new Unstructured(),
            uniform,
            new Schedule.Periodic(0.5, Time.steps(3), Time.steps(3)),
            0.1));
  }

  @ParameterizedTest
  @MethodSource("prunersOfEveryKind")
  void shrinksOnScheduleAndNeverBringsBack(Pruner pruner) {
    Map<Layer, Mask> before = new HashMap<>();
    TinyTraining.run(
        pruner,
        MOMENTUM,
        (step, network, sparsifier) -> {
          TinyTraining.assertZerosAndNothingElse(step, network, sparsifier);
          long last = pruner.schedule().densities(pruner.keep(), timeline()).lastKey();
          assertEquals(step.index() >= last, sparsifier.settled());
          for (Layer layer : network.layers()) {
            Mask now = mask(sparsifier, layer);
            Mask then = before.getOrDefault(layer, now);
            assertEquals(then, then.or(now));
            boolean due =
                pruner.schedule().densities(pruner.keep(), timeline()).containsKey(step.index());
            assertTrue(due || then.equals(now), () -> "changed at step " + step.index());
            before.put(layer, now);
          }
        });
  }

  private static Timeline timeline() {
    return new Timeline(10, 40);
  }

  @Test
  void keepsExactlyWhatTheScheduleSays() {
    Map<Long, Double> densities = CUBIC.densities(0.2, timeline());
    List<Long> counts = new ArrayList<>();
    TinyTraining.run(
        pruner(new Unstructured(), new Global(), 0.2),
        MOMENTUM,
        (step, network, sparsifier) -> {
          if (densities.containsKey(step.index())) {
            counts.add(network.layers().stream().mapToLong(l -> mask(sparsifier, l).kept()).sum());
          }
        });
    assertEquals(densities.values().stream().map(d -> Math.round(d * ALL)).toList(), counts);
    assertEquals(Math.round(0.2 * ALL), counts.get(counts.size() - 1));
  }

  @Test
  void theFirstUpdateAlreadyFollowsAOneShotMask() {
    Pruner pruner =
        new Pruner(
            new Magnitude(), new Unstructured(), new Uniform(), new OneShot(Time.steps(0)), 0.25);
    try (Training training = TinyTraining.of(pruner, MOMENTUM, 1, (s, n, p) -> {})) {
      Layer layer = training.network().layer("fc2");
      float[] magnitudes = layer.weight().abs().toFloatArray();
      training.nextEpoch();
      assertEquals(Mask.best(layer.shape(), magnitudes, 32), mask(training.sparsifier(), layer));
      assertTrue(training.rows().get(0).settled());
      assertEquals(ALL / 4, training.rows().get(0).nonzero());
    }
  }

  @Test
  void gradientsReachTheSaliencyDense() {
    List<Float> quietest = new ArrayList<>();
    Saliency watching =
        Saliency.named(
            "watching",
            (weight, gradient) -> {
              NDArray away = weight.eq(0).toType(gradient.getDataType(), false);
              quietest.add(away.mul(gradient.abs()).sum().getFloat());
              return weight.abs();
            });
    TinyTraining.run(
        new Pruner(watching, new Unstructured(), new Uniform(), CUBIC, 0.5),
        MOMENTUM,
        (step, network, sparsifier) -> {});
    List<Float> later = quietest.subList(3, quietest.size());
    later.forEach(gradient -> assertTrue(gradient > 0));
  }

  @Test
  void neuronsGoWithTheirBiasesAndClassesStay() {
    TinyTraining.run(
        pruner(new Neuron(), new Uniform(), 0.5),
        MOMENTUM,
        (step, network, sparsifier) -> {
          for (Layer layer : network.layers()) {
            float[] outputs = mask(sparsifier, layer).outputs();
            float[] biases = layer.bias().getArray().toFloatArray();
            for (int i = 0; i < biases.length; i++) {
              assertTrue(outputs[i] == 1 || biases[i] == 0);
            }
          }
          if (step.index() >= 25) {
            assertEquals(8, sum(mask(sparsifier, network.layer("fc1")).outputs()));
            assertEquals(4, sum(mask(sparsifier, network.layer("fc2")).outputs()));
            assertTrue(mask(sparsifier, network.layer("fc3")).isFull());
          }
        });
  }

  /**
   * Features seen as a 3 by 4 picture: 6 channels of a 2 by 2 kernel, 4 of them again, 4 classes.
   */
  record Convolutions() implements Model {
    @Override
    public String name() {
      return "convolutions";
    }

    @Override
    public Block block(Shape sample, int classes) {
      return new SequentialBlock()
          .add(x -> new NDList(x.singletonOrThrow().reshape(-1, 1, 3, 4)))
          .add(Conv2d.builder().setKernelShape(new Shape(2, 2)).setFilters(6).build())
          .add(Activation.reluBlock())
          .add(Conv2d.builder().setKernelShape(new Shape(1, 2)).setFilters(4).build())
          .add(Activation.reluBlock())
          .add(Blocks.batchFlattenBlock())
          .add(Linear.builder().setUnits(classes).build());
    }
  }

  @Test
  void channelsOfConvolutionsGoAsAWhole() {
    try (Training training =
        TinyTraining.of(
            new Convolutions(),
            pruner(new Channel(), new Uniform(), 0.5),
            MOMENTUM,
            1,
            TinyTraining::assertZerosAndNothingElse)) {
      while (!training.done()) {
        training.nextEpoch();
      }
      float[] first = mask(training.sparsifier(), training.network().layer("conv1")).outputs();
      assertEquals(3, sum(first));
      Mask second = mask(training.sparsifier(), training.network().layer("conv2"));
      assertEquals(2, sum(second.outputs()));
      assertEquals(2 * 6 * 2, second.kept());
      float[] biases = training.network().layer("conv1").bias().getArray().toFloatArray();
      for (int i = 0; i < biases.length; i++) {
        assertEquals(first[i] == 0, biases[i] == 0);
      }
      assertTrue(mask(training.sparsifier(), training.network().layer("fc1")).isFull());
    }
  }

  private static int sum(float[] values) {
    int sum = 0;
    for (float value : values) {
      sum += (int) value;
    }
    return sum;
  }

  @Test
  void sameSeedSameMasksAnotherSeedOthers() {
    assertEquals(randomMask(3), randomMask(3));
    assertFalse(randomMask(3).equals(randomMask(4)));
  }

  private static Mask randomMask(long seed) {
    Pruner pruner =
        new Pruner(
            new Random(), new Unstructured(), new Uniform(), new OneShot(Time.epochs(1)), 0.5);
    try (Training training = TinyTraining.of(pruner, MOMENTUM, seed, (s, n, p) -> {})) {
      training.nextEpoch();
      assertFalse(training.sparsifier().settled());
      training.nextEpoch();
      assertEquals(ALL / 2, kept(training));
      return mask(training.sparsifier(), training.network().layer("fc1"));
    }
  }

  @Test
  void aDeadLayerEndsTheRunByName() {
    Saliency hostile =
        Saliency.named(
            "hostile",
            (weight, gradient) -> weight.getShape().get(0) == 8 ? weight.mul(0) : weight.abs());
    Pruner pruner =
        new Pruner(hostile, new Unstructured(), new Global(), new OneShot(Time.steps(5)), 0.2);
    CollapseException collapse = assertThrows(CollapseException.class, () -> run(pruner));
    assertEquals("the mask of fc2 keeps none of its weights", collapse.getMessage());
  }

  @Test
  void scoresThatAreNotNumbersEndTheRunByName() {
    Saliency undefined =
        Saliency.named("undefined", (weight, gradient) -> weight.mul(0).log().mul(0));
    Pruner pruner =
        new Pruner(undefined, new Unstructured(), new Uniform(), new OneShot(Time.steps(5)), 0.2);
    CollapseException collapse = assertThrows(CollapseException.class, () -> run(pruner));
    assertTrue(collapse.getMessage().startsWith("undefined gives scores in fc"));
  }

  private static void run(Method method) {
    TinyTraining.run(method, MOMENTUM, (step, network, sparsifier) -> {});
  }

  @Test
  void scoresOfAnotherShapeAreRefused() {
    Saliency total = Saliency.named("total", (weight, gradient) -> weight.sum());
    Pruner pruner =
        new Pruner(total, new Unstructured(), new Uniform(), new OneShot(Time.steps(0)), 0.2);
    assertThrows(RecipeException.class, () -> run(pruner));
  }

  @Test
  void refusesWhatCannotBeRun() {
    Unstructured unstructured = new Unstructured();
    Uniform uniform = new Uniform();
    RecipeException bare =
        assertThrows(
            RecipeException.class,
            () -> new Pruner((weight, gradient) -> weight, unstructured, uniform, CUBIC, 0.2));
    assertEquals(
        "saliency is code without a name; allowed: a record, or code with its name:"
            + " Saliency.named(\"mine\", (weight, gradient) -> ...)",
        bare.getMessage());
    assertThrows(RecipeException.class, () -> pruner(unstructured, uniform, 0));
    assertThrows(RecipeException.class, () -> pruner(unstructured, uniform, 1));
    assertThrows(RecipeException.class, () -> pruner(NOfM.alongInputs(2, 4), uniform, 0.16));
    for (Method late :
        List.of(
            pruner(new Channel(), uniform, 0.5),
            pruner(NOfM.alongInputs(1, 3), uniform, 1.0 / 3),
            pruner(new Neuron(), new PerLayer(Map.of("fc3", 0.5), uniform), 0.5),
            new Pruner(new Magnitude(), unstructured, uniform, new OneShot(Time.epochs(5)), 0.2))) {
      assertThrows(
          RecipeException.class, () -> TinyTraining.of(late, MOMENTUM, 1, (s, n, p) -> {}));
    }
  }

  @Test
  void namesTellSiblingsApart() {
    OneShot start = new OneShot(Time.steps(0));
    Method plain = new Pruner(new Random(), new Unstructured(), new Uniform(), start, 0.16);
    assertEquals("random 16 %", plain.name());
    assertEquals(
        "magnitude global 16 % cubic", pruner(new Unstructured(), new Global(), 0.16).name());
    assertEquals(
        "magnitude 2:4 50 % cubic", pruner(NOfM.alongInputs(2, 4), new Uniform(), 0.5).name());
    assertEquals(
        "magnitude erk block 4×1 max 5 % cubic",
        pruner(new Granularity.Block(4, 1, Pooling.MAX), new Allocation.ErdosRenyiKernel(), 0.05)
            .name());
    assertEquals("baseline", new Labelled("baseline", plain).name());
    assertThrows(RecipeException.class, () -> new Labelled("", plain));
  }

  @Test
  void isDataThatNamesARun() {
    Pruner pruner = pruner(new Granularity.Block(4, 1, Pooling.MEAN), new Global(), 0.16);
    String same =
        CanonicalJson.hash(pruner(new Granularity.Block(4, 1, Pooling.MEAN), new Global(), 0.16));
    assertEquals(same, CanonicalJson.hash(pruner));
    assertFalse(
        same.equals(
            CanonicalJson.hash(
                pruner(new Granularity.Block(4, 2, Pooling.MEAN), new Global(), 0.16))));
  }
}
