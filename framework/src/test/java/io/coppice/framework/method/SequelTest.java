package io.coppice.framework.method;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.coppice.framework.data.Examples;
import io.coppice.framework.data.TensorExamples;
import io.coppice.framework.method.gates.Tasks;
import io.coppice.framework.method.pruning.Magnitude;
import io.coppice.framework.method.pruning.Pruner;
import io.coppice.framework.network.Layer;
import io.coppice.framework.network.Network;
import io.coppice.framework.recipe.RecipeException;
import io.coppice.framework.recipe.Time;
import io.coppice.framework.sparsity.Allocation;
import io.coppice.framework.sparsity.Granularity;
import io.coppice.framework.sparsity.Schedule;
import io.coppice.framework.training.Plan;
import io.coppice.framework.training.Training;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SequelTest {
  private static final Pruner PRUNER =
      new Pruner(
          new Magnitude(),
          new Granularity.Unstructured(),
          new Allocation.Global(),
          new Schedule.OneShot(Time.steps(5)),
          0.25);

  private static Training training(Method method, int epochs) {
    Plan plan = Tasks.plan(method, epochs);
    return new Training(plan, plan.data().load());
  }

  private static Sequel warm(Method first, int epochs, Method then) {
    return new Sequel(first, Time.epochs(epochs), Optional.empty(), then);
  }

  /** Writes down what a method is told, and multiplies W by 2 when it is finished. */
  private record Heard(List<String> words) implements Method {
    @Override
    public String name() {
      return "heard";
    }

    @Override
    public Sparsifier bind(Network network, RunContext context) {
      words.add("bound to " + context.timeline().totalSteps());
      return new Sparsifier() {
        @Override
        public void beforeEpoch(Epoch epoch) {
          words.add("epoch " + epoch.index() + " of " + epoch.count());
        }

        @Override
        public void afterStep(Step step) {
          if (step.index() % 10 == 0) {
            words.add("step " + step.index());
          }
        }

        @Override
        public NDArray finished(Layer layer, NDArray weight) {
          return weight.mul(2);
        }
      };
    }
  }

  @Test
  void eachPartSeesATrainingOfItsOwn() {
    List<String> first = new ArrayList<>();
    List<String> then = new ArrayList<>();
    try (Training training = training(warm(new Heard(first), 1, new Heard(then)), 3)) {
      while (!training.done()) {
        training.nextEpoch();
      }
    }
    assertEquals(List.of("bound to 20", "epoch 0 of 1", "step 0", "step 10"), first);
    assertEquals(
        List.of(
            "bound to 40",
            "epoch 0 of 2",
            "step 0",
            "step 10",
            "epoch 1 of 2",
            "step 20",
            "step 30"),
        then);
  }

  @Test
  void theSecondStartsFromWhatTheFirstLeavesAndIsFree() {
    try (Training training = training(warm(PRUNER, 1, new Dense()), 2)) {
      assertEquals(160, training.nextEpoch().nonzero());
      assertFalse(training.sparsifier().settled());
      assertTrue(training.nextEpoch().nonzero() > 320);
      assertTrue(training.sparsifier().settled());
    }
  }

  /** The second's first step moves from 2·W, which the first one's finished weights are. */
  @Test
  void theFirstLeavesItsFinishedWeights() {
    List<float[]> seen = new ArrayList<>();
    Method looks =
        new Method() {
          @Override
          public String name() {
            return "looks";
          }

          @Override
          public Sparsifier bind(Network network, RunContext context) {
            return new Sparsifier() {
              @Override
              public void beforeEpoch(Epoch epoch) {
                network.layers().forEach(layer -> seen.add(layer.weight().toFloatArray()));
              }
            };
          }
        };
    try (Training training = training(new Heard(new ArrayList<>()), 2);
        Training sequel = training(warm(new Heard(new ArrayList<>()), 1, looks), 2)) {
      training.nextEpoch();
      sequel.nextEpoch();
      sequel.nextEpoch();
      List<Layer> layers = training.network().layers();
      for (int i = 0; i < layers.size(); i++) {
        float[] expected = layers.get(i).weight().toFloatArray();
        for (int k = 0; k < expected.length; k++) {
          expected[k] *= 2;
        }
        assertArrayEquals(expected, seen.get(i));
      }
    }
  }

  @Test
  void aLessonMixesSoftenedProbabilitiesIntoTheTargets() {
    try (NDManager manager = NDManager.newBaseManager()) {
      Examples two = new Examples(new float[] {1, 2}, new int[] {0, 1}, new Shape(1));
      TensorExamples examples = new TensorExamples(two, 2, 0, manager);
      examples.mix(manager.create(new float[] {0.75f, 0.25f, 0.5f, 0.5f}, new Shape(2, 2)), 0.5);
      float[] targets = examples.gather(new int[] {1, 0}, 0, 2, manager).targets().toFloatArray();
      assertArrayEquals(new float[] {0.25f, 0.75f, 0.875f, 0.125f}, targets);
    }
  }

  @Test
  void aLessonIsTheSoftmaxOfLogitsOverTheTemperature() {
    try (Training training = training(new Dense(), 1);
        NDManager manager = NDManager.newBaseManager()) {
      TensorExamples examples = training.data();
      NDArray written = manager.zeros(examples.targetShape());
      new Lesson(4, 1).write(training.network(), training.sparsifier(), examples, written);
      float[] logits =
          training
              .network()
              .forward(examples.slice(7, 8), false, training.sparsifier())
              .toFloatArray();
      double sum = 0;
      for (float logit : logits) {
        sum += Math.exp(logit / 4);
      }
      float[] row = written.get(7).toFloatArray();
      for (int c = 0; c < logits.length; c++) {
        assertEquals(Math.exp(logits[c] / 4) / sum, row[c], 1e-6);
      }
    }
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThrows(RecipeException.class, () -> new Lesson(0, 0.5));
    assertThrows(RecipeException.class, () -> new Lesson(1, 0));
    assertRefused(warm(new Dense(), 0, PRUNER), "length of dense is 0 epochs");
    assertRefused(warm(new Dense(), 2, PRUNER), "from 1 to 1 of the 2 epochs");
    assertEquals("dense after magnitude global 25 %", warm(PRUNER, 1, new Dense()).name());
    assertEquals(
        "magnitude global 25 % taught by dense",
        new Sequel(new Dense(), Time.epochs(1), Optional.of(new Lesson(4, 0.5)), PRUNER).name());
  }

  private static void assertRefused(Method method, String words) {
    String message =
        assertThrows(RecipeException.class, () -> training(method, 2).close()).getMessage();
    assertTrue(message.contains(words), message);
  }
}
