package io.coppice.engines.sparse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.coppice.framework.data.DataSource;
import io.coppice.framework.data.Examples;
import io.coppice.framework.data.Parts;
import io.coppice.framework.method.Dense;
import io.coppice.framework.method.Method;
import io.coppice.framework.method.growth.RigL;
import io.coppice.framework.method.pruning.Magnitude;
import io.coppice.framework.method.pruning.Pruner;
import io.coppice.framework.network.Initialization;
import io.coppice.framework.network.Layer;
import io.coppice.framework.network.models.Mlp;
import io.coppice.framework.optimize.Adam;
import io.coppice.framework.optimize.Optimizer;
import io.coppice.framework.optimize.Sgd;
import io.coppice.framework.recipe.Time;
import io.coppice.framework.sparsity.Allocation;
import io.coppice.framework.sparsity.Granularity;
import io.coppice.framework.sparsity.Schedule.Polynomial;
import io.coppice.framework.training.Checkpoint;
import io.coppice.framework.training.LearningRates;
import io.coppice.framework.training.Plan;
import io.coppice.framework.training.Training;
import io.coppice.framework.training.TrainingRecipe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole trainings whose optimiser is native. */
class NativeTrainingTest {
  @TempDir private Path folder;

  /** Two classes told by the sum of 12 features. */
  private record Sums() implements DataSource {
    @Override
    public String name() {
      return "sums";
    }

    @Override
    public Parts load() {
      return new Parts(2, part(200, 1), part(100, 2), () -> part(100, 3));
    }

    private static Examples part(int count, long seed) {
      Random random = new Random(seed);
      float[] features = new float[12 * count];
      int[] labels = new int[count];
      for (int i = 0; i < count; i++) {
        float sum = 0;
        for (int j = 0; j < 12; j++) {
          features[12 * i + j] = (float) random.nextGaussian();
          sum += features[12 * i + j];
        }
        labels[i] = sum > 0 ? 1 : 0;
      }
      return new Examples(features, labels, new Shape(12));
    }
  }

  @BeforeEach
  void needsTheNativeLibrary() {
    NativeMachine.best();
  }

  static Stream<Object[]> recipes() {
    Polynomial cubic = Polynomial.cubic(Time.steps(0), Time.steps(30), Time.steps(6));
    List<Method> methods =
        List.of(
            new Dense(),
            new Pruner(
                new Magnitude(),
                new Granularity.Unstructured(),
                new Allocation.Global(),
                cubic,
                0.2),
            new RigL(0.3, new Allocation.Uniform(), 0.5, Time.steps(5), Time.percent(75)));
    List<Optimizer> rules = List.of(new Sgd(0.05, 0.9, true, 1e-3), Adam.of(0.01));
    return methods.stream()
        .flatMap(method -> rules.stream().map(rule -> new Object[] {method, rule}));
  }

  private static Plan plan(Method method, Optimizer rule) {
    Mlp model = new Mlp("tiny", List.of(16, 8), true, 0, Initialization.KAIMING_NORMAL);
    TrainingRecipe recipe =
        new TrainingRecipe(rule, new LearningRates.Constant(), 20, Time.epochs(4), 2, 0);
    return new Plan(new Sums(), model, recipe, method, 1);
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void resumeWithTheSameBits(Method method, Optimizer rule) throws IOException {
    Plan plan = plan(method, rule);
    Parts parts = plan.data().load();
    Path file = folder.resolve("checkpoint");
    try (Training through = new Training(plan, parts);
        Training begun = new Training(plan, parts);
        Training resumed = new Training(plan, parts)) {
      while (!through.done()) {
        through.nextEpoch();
      }
      begun.nextEpoch();
      begun.nextEpoch();
      Checkpoint.write(begun, file);
      Checkpoint.resume(file, resumed);
      while (!resumed.done()) {
        resumed.nextEpoch();
      }
      through
          .network()
          .arrays()
          .forEach(
              (name, array) ->
                  assertArrayEquals(
                      array.toByteArray(), resumed.network().arrays().get(name).toByteArray()));
      for (int i = 0; i < 4; i++) {
        assertEquals(through.rows().get(i).trainLoss(), resumed.rows().get(i).trainLoss());
      }
      assertTrue(through.rows().get(3).trainLoss() < 0.9 * through.rows().get(0).trainLoss());
    }
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void keepRemovedWeightsAtZero(Method method, Optimizer rule) {
    Plan plan = plan(method, rule);
    try (Training training = new Training(plan, plan.data().load())) {
      while (!training.done()) {
        training.nextEpoch();
        for (Layer layer : training.network().layers()) {
          NDArray mask = training.sparsifier().state().get("mask/" + layer.name());
          if (mask != null) {
            float[] kept = mask.toFloatArray();
            float[] weights = layer.weight().toFloatArray();
            for (int i = 0; i < kept.length; i++) {
              assertTrue(kept[i] == 1 || weights[i] == 0);
            }
          }
        }
      }
    }
  }
}
