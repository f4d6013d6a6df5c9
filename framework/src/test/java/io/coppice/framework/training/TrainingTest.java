package io.coppice.framework.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import io.coppice.framework.data.DataSource;
import io.coppice.framework.data.Examples;
import io.coppice.framework.data.Parts;
import io.coppice.framework.method.Dense;
import io.coppice.framework.method.Method;
import io.coppice.framework.method.RunContext;
import io.coppice.framework.method.Sparsifier;
import io.coppice.framework.method.Step;
import io.coppice.framework.network.Initialization;
import io.coppice.framework.network.Network;
import io.coppice.framework.network.models.Mlp;
import io.coppice.framework.optimize.Sgd;
import io.coppice.framework.recipe.RecipeException;
import io.coppice.framework.recipe.StoppedException;
import io.coppice.framework.recipe.Time;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrainingTest {

  /** Two interleaved classes that a linear rule cannot part: the sign of a product. */
  record Quadrants(int count) implements DataSource {
    @Override
    public String name() {
      return "quadrants";
    }

    @Override
    public Parts load() {
      return new Parts(2, part(count, 1), part(500, 2), () -> part(500, 3));
    }

    private static Examples part(int count, long seed) {
      Random random = new Random(seed);
      float[] features = new float[2 * count];
      int[] labels = new int[count];
      for (int i = 0; i < count; i++) {
        features[2 * i] = (float) random.nextGaussian();
        features[2 * i + 1] = (float) random.nextGaussian();
        labels[i] = features[2 * i] * features[2 * i + 1] > 0 ? 1 : 0;
      }
      return new Examples(features, labels, new Shape(2));
    }
  }

  /** A dense network whose thread is interrupted after a step of the first epoch. */
  private static final class InterruptedAfter implements Method {
    private final int last;
    private int steps;

    InterruptedAfter(int last) {
      this.last = last;
    }

    @Override
    public String name() {
      return "interrupted";
    }

    @Override
    public Sparsifier bind(Network network, RunContext context) {
      return new Sparsifier() {
        @Override
        public void afterStep(Step step) {
          steps++;
          if (steps == last) {
            Thread.currentThread().interrupt();
          }
        }
      };
    }
  }

  private static Plan plan(long seed) {
    return plan(seed, new Dense());
  }

  private static Plan plan(long seed, Method method) {
    return new Plan(
        new Quadrants(1000),
        new Mlp("mlp", List.of(32), true, 0.1, Initialization.KAIMING_NORMAL),
        new TrainingRecipe(
            new Sgd(0.1, 0.9, false, 0), new LearningRates.Cosine(0), 50, Time.epochs(8), 0, 0),
        method,
        seed);
  }

  @Test
  void learnsWhatALinearRuleCannot() {
    Plan plan = plan(1);
    try (Training training = new Training(plan, plan.data().load())) {
      while (!training.done()) {
        training.nextEpoch();
      }
      EpochRow last = training.rows().get(7);
      assertTrue(last.validationAccuracy() > 0.93, () -> "accuracy " + last.validationAccuracy());
      assertEquals(2 * 32 + 32 * 2, last.nonzero());
    }
  }

  @Test
  void sameSeedSameBits() {
    assertArrayEquals(weightsAfterTwoEpochs(5), weightsAfterTwoEpochs(5));
  }

  @Test
  void anInterruptStopsWithinABatchAndKeepsTheEpochs() {
    Plan plan = plan(1);
    try (Training training = new Training(plan, plan.data().load())) {
      training.nextEpoch();
      Thread.currentThread().interrupt();
      assertThrows(TrainingInterruptedException.class, training::nextEpoch);
      assertTrue(Thread.interrupted(), "the interrupt stays visible to the caller");
      assertEquals(1, training.rows().size());
    }
  }

  @Test
  void anInterruptAmongStepsIsTheLastStep() {
    InterruptedAfter method = new InterruptedAfter(3);
    Plan plan = plan(1, method);
    try (Training training = new Training(plan, plan.data().load())) {
      assertThrows(TrainingInterruptedException.class, training::nextEpoch);
      assertTrue(Thread.interrupted());
      assertEquals(3, method.steps, "of 20");
    }
  }

  @Test
  void anInterruptAfterTheLastStepStopsTheValidation() {
    InterruptedAfter method = new InterruptedAfter(20);
    Plan plan = plan(1, method);
    try (Training training = new Training(plan, plan.data().load())) {
      StoppedException stop = assertThrows(StoppedException.class, training::nextEpoch);
      assertTrue(Thread.interrupted());
      assertEquals(
          "interrupted while evaluating; running it again resumes there", stop.getMessage());
      assertEquals(List.of(), training.rows());
    }
  }

  @Test
  void aLossThatIsNotANumberEndsTheRunWithAReason() {
    Plan calm = plan(1);
    Plan wild =
        new Plan(
            calm.data(),
            calm.model(),
            new TrainingRecipe(
                new Sgd(1e12, 0.9, false, 0),
                new LearningRates.Constant(),
                50,
                Time.epochs(8),
                0,
                0),
            calm.method(),
            1);
    try (Training training = new Training(wild, wild.data().load())) {
      CollapseException end = assertThrows(CollapseException.class, training::nextEpoch);
      assertTrue(end.getMessage().startsWith("the loss became "), end.getMessage());
    }
  }

  @Test
  void aSeedOfItsOwnGivesWeightsOfItsOwn() {
    assertFalse(Arrays.equals(weightsAfterTwoEpochs(5), weightsAfterTwoEpochs(6)));
  }

  @Test
  void refusesABatchLargerThanTheData() {
    RecipeException wrong =
        assertThrows(RecipeException.class, () -> plan(1).training().timeline(49));
    assertEquals("batch is 50; allowed: at most the 49 training examples", wrong.getMessage());
  }

  private static float[] weightsAfterTwoEpochs(long seed) {
    Plan plan = plan(seed);
    try (Training training = new Training(plan, plan.data().load())) {
      training.nextEpoch();
      training.nextEpoch();
      return training.network().layers().get(0).weight().toFloatArray();
    }
  }
}
