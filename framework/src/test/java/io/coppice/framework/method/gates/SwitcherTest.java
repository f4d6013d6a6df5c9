package io.coppice.framework.method.gates;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import io.coppice.framework.method.Epoch;
import io.coppice.framework.method.Sparsifier;
import io.coppice.framework.network.Layer;
import io.coppice.framework.network.Network;
import io.coppice.framework.optimize.Sgd;
import io.coppice.framework.recipe.CanonicalJson;
import io.coppice.framework.recipe.RecipeException;
import io.coppice.framework.recipe.Time;
import io.coppice.framework.training.CollapseException;
import io.coppice.framework.training.EpochRow;
import io.coppice.framework.training.Plan;
import io.coppice.framework.training.Training;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SwitcherTest {
  private static Switcher quick(Gating gating, long budget) {
    return Switcher.repaired(gating, budget).strength(1).phase(new Switcher.Phase(1, 30, 100));
  }

  @ParameterizedTest
  @CsvSource({"CONNECTIONS, false", "NEURONS, false", "NEURONS, true"})
  void endsWithinTheBudget(Gating gating, boolean through) {
    Plan plan = Tasks.plan(quick(gating, 200).throughSwitcher(through), 10, through ? 0.02 : 0.1);
    try (Training training = new Training(plan, plan.data().load())) {
      while (!training.done()) {
        EpochRow row = training.nextEpoch();
        // the last 40 % of ten epochs
        assertEquals(row.epoch() > 6, row.settled(), () -> "epoch " + row.epoch());
        assertTrue(row.epoch() > 1 || row.nonzero() == 640);
      }
      EpochRow last = training.rows().get(9);
      assertTrue(last.nonzero() <= 200, () -> last.nonzero() + " weights");
      assertTrue(last.validationAccuracy() > 0.85, () -> "accuracy " + last.validationAccuracy());
      training.chosen().install();
      assertEquals(training.chosen().row().orElseThrow().nonzero(), L0Test.nonzero(training));
    }
  }

  @Test
  void withoutFreezingEveryEpochWithinTheBudgetIsSettled() {
    Plan plan = Tasks.plan(quick(Gating.CONNECTIONS, 500).freezeLast(Time.epochs(0)), 6);
    try (Training training = new Training(plan, plan.data().load())) {
      while (!training.done()) {
        EpochRow row = training.nextEpoch();
        assertEquals(row.nonzero() <= 500, row.settled());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Gating.class)
  void literalEndsWithItsCollapseNamed(Gating gating) {
    Plan plan = Tasks.plan(Switcher.literal(gating), 8, 0.1, List.of(300, 200, 100));
    try (Training training = new Training(plan, plan.data().load())) {
      CollapseException collapse =
          assertThrows(
              CollapseException.class,
              () -> {
                while (!training.done()) {
                  training.nextEpoch();
                }
              });
      assertTrue(
          collapse
              .getMessage()
              .matches("(all gates of fc. are closed|nothing of the input arrives|.*not finite).*"),
          collapse::getMessage);
    }
  }

  @Test
  void aPhaseLeavesWeightsAndTheirGradientsAlone() {
    Plan plan = Tasks.plan(quick(Gating.NEURONS, 200).phase(new Switcher.Phase(0, 5, 100)), 10);
    try (Training training = new Training(plan, plan.data().load())) {
      Network network = training.network();
      float[] before = network.layer("fc1").weight().toFloatArray();
      training.sparsifier().beforeEpoch(new Epoch(0, 10));
      assertArrayEquals(before, network.layer("fc1").weight().toFloatArray());
      for (Layer layer : network.layers()) {
        assertEquals(0f, layer.weight().getGradient().abs().sum().getFloat());
        assertEquals(0f, layer.bias().getArray().getGradient().abs().sum().getFloat());
      }
    }
  }

  /** 20 steps of the task, a phase of 2 steps before every fifth. */
  @Test
  void phasesCanComeBetweenTheStepsOfTheTask() {
    Switcher.Phase phase = new Switcher.Phase(1, 2, 100).everySteps(5);
    Plan plan = Tasks.plan(quick(Gating.NEURONS, 200).phase(phase), 10);
    try (Training training = new Training(plan, plan.data().load())) {
      training.nextEpoch();
      assertEquals(0f, training.sparsifier().state().get("progress").toFloatArray()[0]);
      training.nextEpoch();
      assertEquals(8f, training.sparsifier().state().get("progress").toFloatArray()[0]);
    }
  }

  @Test
  void normalisedGatesHaveMeanSquareOneOverTheOpen() {
    Plan plan = Tasks.plan(quick(Gating.NEURONS, 200).phase(new Switcher.Phase(0, 30, 100)), 10);
    try (Training training = new Training(plan, plan.data().load())) {
      Sparsifier sparsifier = training.sparsifier();
      sparsifier.beforeEpoch(new Epoch(0, 10));
      NDArray gates = sparsifier.state().get("fc1/gates");
      double open = gates.neq(0).sum().getLong();
      assertEquals(1, gates.square().sum().getFloat() / open, 1e-5);
    }
  }

  @Test
  void thePenaltyFadesNearTheBudget() {
    Switcher.Budget budget = new Switcher.Budget(200, 0.6);
    assertEquals(0.6, budget.strengthAt(640));
    assertEquals(0.6, budget.strengthAt(400));
    assertEquals(0.15, budget.strengthAt(250), 1e-12);
    assertEquals(0, budget.strengthAt(200));
    assertEquals(0, budget.strengthAt(3));
  }

  @Test
  void theAnchorHoldsTheScaleOfTheGates() {
    assertTrue(rootMeanSquareOfGates(0) > 1.5);
    assertEquals(1, rootMeanSquareOfGates(100), 0.1);
  }

  /** What becomes of gates around 3, not normalised, in a phase without a penalty. */
  private static double rootMeanSquareOfGates(double anchor) {
    Switcher recipe =
        quick(Gating.NEURONS, 640)
            .normaliseGates(false)
            .anchor(anchor)
            .clip(1)
            .optimizer(new Sgd(0.01, 0, false, 0))
            .phase(new Switcher.Phase(0, 300, 100));
    Plan plan = Tasks.plan(recipe, 10);
    try (Training training = new Training(plan, plan.data().load())) {
      Sparsifier sparsifier = training.sparsifier();
      NDArray theta = sparsifier.parameters().get("fc1/theta");
      float[] values = theta.toFloatArray();
      values[values.length - 1] = 3; // the bias of the gates
      theta.set(values);
      sparsifier.beforeEpoch(new Epoch(0, 10));
      NDArray gates = sparsifier.state().get("fc1/gates");
      return Math.sqrt(gates.square().sum().getFloat() / gates.neq(0).sum().getLong());
    }
  }

  @Test
  void clippingBoundsTheFirstStep() {
    Switcher recipe = quick(Gating.CONNECTIONS, 200).phase(new Switcher.Phase(0, 1, 100));
    double free = firstStep(recipe.clip(0));
    double clipped = firstStep(recipe.clip(0.01));
    // SGD 0.02 on a gradient of norm 0.01
    assertEquals(2e-4, clipped, 1e-6);
    assertTrue(free > 1e-3, () -> "a step of " + free);
  }

  private static double firstStep(Switcher recipe) {
    Plan plan = Tasks.plan(recipe, 10);
    try (Training training = new Training(plan, plan.data().load())) {
      Sparsifier sparsifier = training.sparsifier();
      List<String> names =
          sparsifier.parameters().keySet().stream().filter(n -> n.startsWith("fc1/")).toList();
      List<float[]> before =
          names.stream().map(n -> sparsifier.parameters().get(n).toFloatArray()).toList();
      sparsifier.beforeEpoch(new Epoch(0, 10));
      double squares = 0;
      for (int i = 0; i < names.size(); i++) {
        float[] after = sparsifier.parameters().get(names.get(i)).toFloatArray();
        for (int j = 0; j < after.length; j++) {
          squares += Math.pow(after[j] - before.get(i)[j], 2);
        }
      }
      return Math.sqrt(squares);
    }
  }

  @Test
  void onlyThroughTheSwitcherTheGatesFollowTheWeights() {
    assertFalse(gatesMoveInTaskEpoch(quick(Gating.CONNECTIONS, 200)));
    assertTrue(gatesMoveInTaskEpoch(quick(Gating.CONNECTIONS, 200).throughSwitcher(true)));
  }

  private static boolean gatesMoveInTaskEpoch(Switcher recipe) {
    Plan plan = Tasks.plan(recipe, 10);
    try (Training training = new Training(plan, plan.data().load())) {
      Sparsifier sparsifier = training.sparsifier();
      sparsifier.beforeEpoch(new Epoch(1, 10));
      Layer layer = training.network().layer("fc1");
      NDArray weight = layer.weight();
      float[] before =
          sparsifier.of(layer, weight.stopGradient()).div(weight.stopGradient()).toFloatArray();
      weight.set(
          weight.stopGradient().mul(training.network().manager().arange(8).add(1)).toFloatArray());
      float[] after =
          sparsifier.of(layer, weight.stopGradient()).div(weight.stopGradient()).toFloatArray();
      for (int i = 0; i < before.length; i++) {
        if (Math.abs(before[i] - after[i]) > 1e-4) {
          return true;
        }
      }
      return false;
    }
  }

  @Test
  void refusesImpossibleRecipes() {
    assertThrows(RecipeException.class, () -> Switcher.repaired(Gating.NEURONS, 0));
    assertThrows(RecipeException.class, () -> Switcher.literal(Gating.NEURONS).clip(-1));
    assertThrows(RecipeException.class, () -> new Switcher.Phase(0, 10, 0));
    assertThrows(RecipeException.class, () -> new UNet(List.of(4), UNet.Input.WEIGHT, true));
    Plan frozen = Tasks.plan(quick(Gating.NEURONS, 200).freezeLast(Time.epochs(9)), 10);
    assertThrows(RecipeException.class, () -> new Training(frozen, frozen.data().load()));
    Plan tiny = Tasks.plan(quick(Gating.NEURONS, 5), 10);
    assertThrows(RecipeException.class, () -> new Training(tiny, tiny.data().load()));
  }

  @Test
  void namesTellSiblingsApart() {
    assertEquals("switcher neurons ≤ 47700", Switcher.repaired(Gating.NEURONS, 47_700).name());
    assertEquals("switcher connections literal", Switcher.literal(Gating.CONNECTIONS).name());
    assertEquals(
        "switcher connections without budget", Switcher.literal(Gating.CONNECTIONS).clip(1).name());
  }

  @Test
  void everySwitchChangesTheHash() {
    Switcher recipe = Switcher.repaired(Gating.CONNECTIONS, 100);
    List<Switcher> all =
        List.of(
            recipe,
            recipe.clip(0.2),
            recipe.normaliseGates(false),
            recipe.anchor(0.2),
            recipe.strength(0.5),
            recipe.freezeLast(Time.epochs(1)),
            recipe.throughSwitcher(true),
            Switcher.repaired(Gating.NEURONS, 100),
            Switcher.literal(Gating.CONNECTIONS));
    assertEquals(all.size(), all.stream().map(CanonicalJson::hash).distinct().count());
  }
}
