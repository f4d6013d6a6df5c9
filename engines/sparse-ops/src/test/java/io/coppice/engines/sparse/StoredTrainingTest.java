package io.coppice.engines.sparse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import io.coppice.framework.blocks.SparseBlock;
import io.coppice.framework.data.DataSource;
import io.coppice.framework.data.Examples;
import io.coppice.framework.data.Parts;
import io.coppice.framework.method.Dense;
import io.coppice.framework.method.Method;
import io.coppice.framework.method.Sequel;
import io.coppice.framework.method.growth.RigL;
import io.coppice.framework.method.growth.SetMethod;
import io.coppice.framework.method.growth.StaticSparse;
import io.coppice.framework.network.Initialization;
import io.coppice.framework.network.Layer;
import io.coppice.framework.network.Model;
import io.coppice.framework.network.Network;
import io.coppice.framework.network.models.Mlp;
import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.ops.Topology;
import io.coppice.framework.optimize.Adam;
import io.coppice.framework.optimize.Optimizer;
import io.coppice.framework.optimize.Sgd;
import io.coppice.framework.recipe.RecipeException;
import io.coppice.framework.recipe.Time;
import io.coppice.framework.sparsity.Allocation;
import io.coppice.framework.training.Checkpoint;
import io.coppice.framework.training.LearningRates;
import io.coppice.framework.training.Plan;
import io.coppice.framework.training.Training;
import io.coppice.framework.training.TrainingRecipe;
import io.coppice.testing.Needs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole trainings in which only the kept values of a weight exist. */
class StoredTrainingTest {
  private static final Optimizer MOMENTUM = new Sgd(0.05, 0.9, false, 1e-3);

  /** Classes told by the largest of the first four features. */
  record Largest() implements DataSource {
    @Override
    public String name() {
      return "largest";
    }

    @Override
    public Parts load() {
      return new Parts(4, part(200, 1), part(100, 2), () -> part(100, 3));
    }

    private static Examples part(int count, long seed) {
      Random random = new Random(seed);
      float[] features = new float[12 * count];
      int[] labels = new int[count];
      for (int i = 0; i < count; i++) {
        for (int j = 0; j < 12; j++) {
          features[12 * i + j] = (float) random.nextGaussian();
          if (j < 4 && features[12 * i + j] > features[12 * i + labels[i]]) {
            labels[i] = j;
          }
        }
      }
      return new Examples(features, labels, new Shape(12));
    }
  }

  /** A 12-32-16-4 network; in one that is opaque no layer can be stored. */
  record Wide(boolean opaque) implements Model {
    @Override
    public String name() {
      return "wide";
    }

    @Override
    public Block block(Shape sample, int classes) {
      Block mlp =
          new Mlp("wide", List.of(32, 16), true, 0.1, Initialization.KAIMING_NORMAL)
              .block(sample, classes);
      return opaque ? new Opaque(mlp) : mlp;
    }
  }

  /** Two convolutions of the 12 features as 3×4 pixels, and a linear layer. */
  record Convolutional(boolean opaque) implements Model {
    @Override
    public String name() {
      return "convolutional";
    }

    @Override
    public Block block(Shape sample, int classes) {
      SequentialBlock net =
          new SequentialBlock().add(LambdaBlock.singleton(x -> x.reshape(-1, 1, 3, 4)));
      for (int channels : new int[] {8, 6}) {
        net.add(
                Conv2d.builder()
                    .setKernelShape(new Shape(3, 3))
                    .optPadding(new Shape(1, 1))
                    .setFilters(channels)
                    .build())
            .add(Activation.reluBlock());
      }
      net.add(Blocks.batchFlattenBlock()).add(Linear.builder().setUnits(classes).build());
      return opaque ? new Opaque(net) : net;
    }
  }

  /** A sequence that is not taken apart. */
  static final class Opaque extends SequentialBlock {
    Opaque(Block block) {
      add(block);
    }
  }

  static List<Method> methods() {
    return List.of(
        new StaticSparse(0.3, new Allocation.Uniform()),
        StaticSparse.of(0.2),
        new SetMethod(0.3, new Allocation.Uniform(), 0.3, Time.steps(4), Time.percent(100)),
        new RigL(0.3, new Allocation.Uniform(), 0.5, Time.steps(5), Time.percent(75)),
        new RigL(0.2, new Allocation.ErdosRenyiKernel(), 1, Time.steps(1), Time.percent(100)));
  }

  @BeforeEach
  void needsNativeOperations() {
    Needs.that(
        SparseOps.serving(Device.cpu()).isPresent(), "no native sparse operations on this machine");
  }

  private static Training training(Method method, Optimizer optimizer, boolean opaque) {
    return training(method, optimizer, new Wide(opaque));
  }

  private static Training training(Method method, Optimizer optimizer, Model model) {
    var recipe =
        new TrainingRecipe(optimizer, new LearningRates.Constant(), 20, Time.epochs(4), 0, 0);
    Plan plan = new Plan(new Largest(), model, recipe, method, 1);
    return new Training(plan, plan.data().load());
  }

  @ParameterizedTest
  @MethodSource("methods")
  void givesTheNetworkThatMaskedTrainingGives(Method method) {
    for (Optimizer optimizer : List.of(MOMENTUM, Adam.of(0.01))) {
      assertAgree(method, optimizer, new Wide(false), new Wide(true));
      assertAgree(method, optimizer, new Convolutional(false), new Convolutional(true));
    }
  }

  private static void assertAgree(
      Method method, Optimizer optimizer, Model storable, Model maskable) {
    try (Training stored = training(method, optimizer, storable);
        Training masked = training(method, optimizer, maskable)) {
      assertTrue(stored.network().layers().get(1).block() instanceof SparseBlock);
      assertFalse(masked.network().layers().get(1).block() instanceof SparseBlock);
      while (!stored.done()) {
        assertEquals(masked.nextEpoch().nonzero(), stored.nextEpoch().nonzero());
      }
      assertEquals(
          masked.rows().get(3).trainLoss(), stored.rows().get(3).trainLoss(), 1e-4, "loss");
      stored.chosen().install();
      masked.chosen().install();
      List<Layer> expected = masked.network().layers();
      for (int i = 0; i < expected.size(); i++) {
        assertArrayEquals(
            expected.get(i).weight().toFloatArray(),
            stored.network().layers().get(i).weight().toFloatArray(),
            1e-4f);
      }
    }
  }

  @Test
  void noDenseWeightGradientOrMemoryExists() {
    try (Training training = training(methods().get(3), MOMENTUM, false)) {
      training.nextEpoch();
      Network network = training.network();
      assertEquals(List.of(115L, 154L, 19L), sizes(network)); // 0.3 of 384, 512 and 64
      for (Layer layer : network.layers()) {
        assertTrue(layer.block() instanceof SparseBlock, layer.name());
      }
      Set<Long> dense = Set.of(384L, 512L, 64L);
      network
          .parameters()
          .forEach((name, p) -> assertFalse(dense.contains(p.getShape().size()), name));
      assertEquals(
          Set.of("values", "bias", "starts", "indices"), endings(network.parameters().keySet()));
    }
  }

  private static List<Long> sizes(Network network) {
    return network.layers().stream().map(layer -> layer.weight().size()).toList();
  }

  private static Set<String> endings(Set<String> paths) {
    Set<String> endings = new HashSet<>();
    paths.forEach(path -> endings.add(path.substring(path.lastIndexOf('_') + 1)));
    return endings;
  }

  @Test
  void aDenseLayerOfASparseNetworkStaysDense() {
    try (Training training = training(StaticSparse.of(0.2), MOMENTUM, false)) {
      List<Boolean> stored =
          training.network().layers().stream()
              .map(layer -> layer.block() instanceof SparseBlock)
              .toList();
      assertEquals(List.of(true, true, false), stored);
    }
  }

  @Test
  void theTopologyChanges() {
    try (Training training = training(methods().get(3), MOMENTUM, false)) {
      List<Topology> before = topologies(training.network());
      training.nextEpoch();
      assertNotEquals(before, topologies(training.network()));
    }
  }

  private static List<Topology> topologies(Network network) {
    List<Topology> topologies = new ArrayList<>();
    for (Layer layer : network.layers()) {
      topologies.add(((SparseBlock) layer.block()).topology());
    }
    return topologies;
  }

  @ParameterizedTest
  @MethodSource("methods")
  void aResumedRunIsAnUninterruptedOne(Method method, @TempDir Path folder) throws Exception {
    Path file = folder.resolve("checkpoint");
    Map<String, float[]> expected;
    try (Training whole = training(method, MOMENTUM, false)) {
      while (!whole.done()) {
        whole.nextEpoch();
        if (whole.rows().size() == 2) {
          Checkpoint.write(whole, file);
        }
      }
      whole.chosen().install();
      expected = weights(whole.network());
    }
    try (Training resumed = training(method, MOMENTUM, false)) {
      Checkpoint.resume(file, resumed);
      while (!resumed.done()) {
        resumed.nextEpoch();
      }
      resumed.chosen().install();
      weights(resumed.network()).forEach((n, w) -> assertArrayEquals(expected.get(n), w, n));
    }
  }

  private static Map<String, float[]> weights(Network network) {
    Map<String, float[]> weights = new HashMap<>();
    network.arrays().forEach((name, array) -> weights.put(name, array.toFloatArray()));
    return weights;
  }

  @Test
  void theDenseNetworkOfTheEndGivesTheSameOutputs() {
    try (Training training = training(methods().get(3), MOMENTUM, false);
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      training.nextEpoch();
      Network network = training.network();
      NDArray batch = network.manager().randomNormal(new Shape(9, 12));
      float[] stored = network.forward(batch, false).toFloatArray();
      training.chosen().install();
      assertArrayEquals(stored, network.forward(batch, false).toFloatArray(), 1e-5f);
      assertEquals(List.of(384L, 512L, 64L), sizes(network));
      assertEquals(network.layers().get(0), network.layer("fc1"));
    }
  }

  @Test
  void aSequelRefusesAPartThatStoresOnlyWhatItKeeps() {
    Method sequel = new Sequel(methods().get(0), Time.epochs(1), Optional.empty(), new Dense());
    String message =
        assertThrows(RecipeException.class, () -> training(sequel, MOMENTUM, false).close())
            .getMessage();
    assertTrue(message.startsWith("a part of a sequel is " + methods().get(0).name()), message);
  }
}
