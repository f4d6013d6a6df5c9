package io.coppice.framework.method.gates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import io.coppice.framework.network.Layer;
import io.coppice.framework.optimize.Adam;
import io.coppice.framework.recipe.CanonicalJson;
import io.coppice.framework.recipe.RecipeException;
import io.coppice.framework.recipe.Time;
import io.coppice.framework.training.CollapseException;
import io.coppice.framework.training.EpochRow;
import io.coppice.framework.training.Plan;
import io.coppice.framework.training.Training;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class L0Test {
  private static L0 quick(Gating gating, double lambda) {
    L0 recipe = gating == Gating.NEURONS ? L0.neurons(lambda) : L0.weights(lambda);
    return recipe.optimizer(Adam.of(0.05));
  }

  @ParameterizedTest
  @EnumSource(Gating.class)
  void penaltyIsTheExpectedNumberOfWeights(Gating gating) {
    Plan plan = Tasks.plan(quick(gating, 50).lambdas(Map.of("fc2", 20.0)), 2);
    try (Training training = new Training(plan, plan.data().load())) {
      Map<String, NDArray> theta = training.sparsifier().parameters();
      theta.get("fc1/logAlpha").set(filled(theta.get("fc1/logAlpha"), 0.25f));
      theta.get("fc2/logAlpha").set(filled(theta.get("fc2/logAlpha"), -1));
      theta.get("fc3/logAlpha").set(filled(theta.get("fc3/logAlpha"), 0.5f));
      // P(z != 0) = 0.8639623 at 0.25, 0.6453352 at -1, 0.8907667 at 0.5; 192, 384 and 64 weights
      double expected = (50 * 0.8639623 * 192 + 20 * 0.6453352 * 384 + 50 * 0.8907667 * 64) / 1000;
      assertEquals(
          expected, training.sparsifier().penalty().orElseThrow().getFloat(), 1e-4 * expected);
    }
  }

  private static float[] filled(NDArray like, float value) {
    float[] values = new float[(int) like.size()];
    java.util.Arrays.fill(values, value);
    return values;
  }

  @ParameterizedTest
  @EnumSource(Gating.class)
  void removesWeightsAndKeepsTheAccuracy(Gating gating) {
    Plan plan = Tasks.plan(quick(gating, 1), 12);
    try (Training training = new Training(plan, plan.data().load())) {
      EpochRow row = null;
      while (!training.done()) {
        assertTrue(row == null || !row.settled());
        row = training.nextEpoch();
      }
      EpochRow last = row;
      assertTrue(last.settled());
      assertTrue(last.nonzero() < 400, () -> last.nonzero() + " of 640 weights stay");
      assertTrue(last.validationAccuracy() > 0.9, () -> "accuracy " + last.validationAccuracy());
      training.chosen().install();
      assertEquals(last.nonzero(), nonzero(training));
    }
  }

  static long nonzero(Training training) {
    long count = 0;
    for (Layer layer : training.network().layers()) {
      for (float weight : layer.weight().toFloatArray()) {
        count += Float.floatToRawIntBits(weight) != 0 ? 1 : 0;
      }
    }
    return count;
  }

  @ParameterizedTest
  @EnumSource(Gating.class)
  void frozenGatesKeepTheBudget(Gating gating) {
    Plan plan = Tasks.plan(quick(gating, 0.01).budget(150).freezeLast(Time.epochs(3)), 6);
    try (Training training = new Training(plan, plan.data().load())) {
      while (!training.done()) {
        EpochRow row = training.nextEpoch();
        assertEquals(row.epoch() > 3, row.settled(), () -> "epoch " + row.epoch());
        assertEquals(row.epoch() > 3, row.nonzero() <= 150, () -> row.nonzero() + " weights");
      }
      assertTrue(training.sparsifier().penalty().isEmpty());
    }
  }

  @Test
  void aBudgetAloneSettlesAsSoonAsItIsMet() {
    Plan plan = Tasks.plan(quick(Gating.CONNECTIONS, 2).budget(300), 8);
    try (Training training = new Training(plan, plan.data().load())) {
      boolean before = false;
      boolean after = false;
      while (!training.done()) {
        EpochRow row = training.nextEpoch();
        assertEquals(row.nonzero() <= 300, row.settled());
        before |= !row.settled();
        after |= row.settled();
      }
      assertTrue(before && after);
    }
  }

  @Test
  void tooStrongAPenaltyIsNamedAsCollapse() {
    Plan plan = Tasks.plan(quick(Gating.NEURONS, 500), 8);
    try (Training training = new Training(plan, plan.data().load())) {
      CollapseException collapse =
          assertThrows(
              CollapseException.class,
              () -> {
                while (!training.done()) {
                  training.nextEpoch();
                }
              });
      assertTrue(collapse.getMessage().startsWith("all gates of fc"), collapse::getMessage);
    }
  }

  @Test
  void refusesImpossibleRecipes() {
    assertThrows(RecipeException.class, () -> L0.weights(-1));
    assertThrows(RecipeException.class, () -> L0.weights(1).dropout(0, 0.5));
    assertThrows(RecipeException.class, () -> L0.weights(1).budget(0));
    Plan unknown = Tasks.plan(L0.weights(1).lambdas(Map.of("fc7", 1.0)), 2);
    assertThrows(RecipeException.class, () -> new Training(unknown, unknown.data().load()));
    Plan frozen = Tasks.plan(L0.weights(1).freezeLast(Time.epochs(2)), 2);
    assertThrows(RecipeException.class, () -> new Training(frozen, frozen.data().load()));
  }

  @Test
  void recipesAreHashedByTheirContent() {
    assertEquals(CanonicalJson.hash(L0.neurons(0.1)), CanonicalJson.hash(L0.neurons(0.1)));
    assertFalse(CanonicalJson.hash(L0.neurons(0.1)).equals(CanonicalJson.hash(L0.weights(0.1))));
  }
}
