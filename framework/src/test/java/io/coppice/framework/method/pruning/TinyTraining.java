package io.coppice.framework.method.pruning;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.coppice.framework.data.DataSource;
import io.coppice.framework.data.Examples;
import io.coppice.framework.data.Parts;
import io.coppice.framework.method.Epoch;
import io.coppice.framework.method.Method;
import io.coppice.framework.method.RunContext;
import io.coppice.framework.method.Sparsifier;
import io.coppice.framework.method.Step;
import io.coppice.framework.network.Initialization;
import io.coppice.framework.network.Layer;
import io.coppice.framework.network.Model;
import io.coppice.framework.network.Network;
import io.coppice.framework.network.models.Mlp;
import io.coppice.framework.optimize.Optimizer;
import io.coppice.framework.optimize.Sgd;
import io.coppice.framework.recipe.Code;
import io.coppice.framework.recipe.Time;
import io.coppice.framework.sparsity.Mask;
import io.coppice.framework.training.LearningRates;
import io.coppice.framework.training.Plan;
import io.coppice.framework.training.Training;
import io.coppice.framework.training.TrainingRecipe;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Real trainings of a 12-16-8-4 network, 4 epochs of 10 steps, watched at every step. */
public final class TinyTraining {
  public static final Optimizer MOMENTUM = new Sgd(0.05, 0.9, false, 1e-3);

  private TinyTraining() {}

  /** What a test looks at in each step. */
  public interface Watch {
    void at(Step step, Network network, Sparsifier sparsifier);
  }

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
        }
        for (int j = 1; j < 4; j++) {
          labels[i] = features[12 * i + j] > features[12 * i + labels[i]] ? j : labels[i];
        }
      }
      return new Examples(features, labels, new Shape(12));
    }
  }

  private static final Watch NOTHING = (step, network, sparsifier) -> {};

  /** Another method with a test's eyes on it, before and after its part in each step. */
  record Watched(Method method, @Code Watch before, @Code Watch after) implements Method {
    @Override
    public String name() {
      return method.name();
    }

    @Override
    public Sparsifier bind(Network network, RunContext context) {
      Sparsifier inner = method.bind(network, context);
      return new Sparsifier() {
        @Override
        public void beforeEpoch(Epoch epoch) {
          inner.beforeEpoch(epoch);
        }

        @Override
        public void afterBackward(Step step) {
          before.at(step, network, inner);
          inner.afterBackward(step);
        }

        @Override
        public void afterStep(Step step) {
          inner.afterStep(step);
          after.at(step, network, inner);
        }

        @Override
        public boolean settled() {
          return inner.settled();
        }

        @Override
        public Optional<String> collapse() {
          return inner.collapse();
        }

        @Override
        public Map<String, NDArray> state() {
          return inner.state();
        }

        @Override
        public void restored() {
          inner.restored();
        }
      };
    }
  }

  /** The method with a watch on each step's dense gradients, before the method acts on them. */
  public static Method beforeEach(Method method, Watch watch) {
    return new Watched(method, watch, NOTHING);
  }

  /** A training of the network with a watch on the end of each step. */
  public static Training of(Method method, Optimizer optimizer, long seed, Watch watch) {
    Model mlp = new Mlp("tiny", List.of(16, 8), true, 0.1, Initialization.KAIMING_NORMAL);
    return of(mlp, method, optimizer, seed, watch);
  }

  /** A training of another model of 12 features and 4 classes. */
  public static Training of(
      Model model, Method method, Optimizer optimizer, long seed, Watch watch) {
    Plan plan =
        new Plan(
            new Largest(),
            model,
            new TrainingRecipe(optimizer, new LearningRates.Constant(), 20, Time.epochs(4), 0, 0),
            new Watched(method, NOTHING, watch),
            seed);
    return new Training(plan, plan.data().load());
  }

  /** Trains to the end with a watch. */
  public static void run(Method method, Optimizer optimizer, Watch watch) {
    try (Training training = of(method, optimizer, 1, watch)) {
      while (!training.done()) {
        training.nextEpoch();
      }
    }
  }

  /** The layer's present mask. */
  public static Mask mask(Sparsifier sparsifier, Layer layer) {
    NDArray values = sparsifier.state().get("mask/" + layer.name());
    return values == null ? Mask.full(layer.shape()) : Mask.of(values);
  }

  /** Removed weights and their memories are 0, bit for bit. */
  public static void assertRemovedAreZero(Step step, Network network, Sparsifier sparsifier) {
    for (Layer layer : network.layers()) {
      Mask mask = mask(sparsifier, layer);
      assertZero(mask, layer.weight(), layer.name() + " at step " + step.index());
      for (NDArray memory : step.optimizerState(layer)) {
        assertZero(mask, memory, "memory of " + layer.name() + " at step " + step.index());
      }
    }
  }

  private static void assertZero(Mask mask, NDArray array, String where) {
    float[] values = array.toFloatArray();
    for (int i = 0; i < values.length; i++) {
      if (!mask.keeps(i)) {
        assertEquals(0f, values[i], where);
      }
    }
  }

  /** As {@link #assertRemovedAreZero}, and every other weight is not 0. */
  public static void assertZerosAndNothingElse(Step step, Network network, Sparsifier sparsifier) {
    assertRemovedAreZero(step, network, sparsifier);
    for (Layer layer : network.layers()) {
      assertEquals(mask(sparsifier, layer), Mask.of(layer.weight()), layer.name());
    }
  }
}
