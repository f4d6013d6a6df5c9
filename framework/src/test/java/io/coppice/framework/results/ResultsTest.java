package io.coppice.framework.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coppice.framework.recipe.RecipeException;
import io.coppice.framework.run.RunResult;
import io.coppice.framework.training.EpochRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

class ResultsTest {

  private static RunResult run(String method, long seed, double accuracy, double... validation) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("accuracy", accuracy);
    metrics.put("nonzero", 100.0 * seed);
    metrics.put("compression", 10.0);
    metrics.put("flops_ratio", Double.NaN);
    metrics.put("seconds", 1.5);
    List<EpochRow> epochs = new ArrayList<>();
    for (double value : validation) {
      int epoch = epochs.size() + 1;
      epochs.add(new EpochRow(epoch, 1, 1, value, 100, epoch > 1, 0.1, 1));
      if (value == validation[validation.length - 1]) {
        metrics.put("chosen_epoch", (double) epoch);
      }
    }
    return new RunResult(method, seed, "run" + seed, Optional.empty(), metrics, epochs);
  }

  private static final Results SMALL =
      Studies.results(
          "small",
          List.of(
              run("dense", 2, 0.92, 0.1),
              run("rigl", 1, 0.86, 0.3, 0.5),
              run("dense", 1, 0.90, 0.1),
              run("rigl", 3, 0.85, 0.9, 0.4),
              run("rigl", 2, 0.87, 0.3, 0.5),
              run("dense", 3, 0.94, 0.1),
              Studies.collapsed("literal", 1, "fc1 is dead")));

  @Test
  void runsHaveTheirWordsBesideTheirNumbers() {
    RunResult executed =
        new RunResult(
            "dense",
            1,
            "r",
            Optional.empty(),
            Map.of("accuracy", 0.5),
            Map.of("execution", "fc1 CSR"),
            List.of());
    Table runs =
        Studies.results("words", List.of(executed, Studies.collapsed("literal", 1, "dead"))).runs();
    assertEquals(
        List.of("method", "seed", "run", "collapse", "accuracy", "execution"), runs.columnNames());
    assertEquals(List.of("fc1 CSR", ""), runs.stringColumn("execution").asList());
  }

  @Test
  void summarisesEachMethodByHand() {
    Table table = SMALL.summary();
    assertEquals(
        List.of(
            "method",
            "seeds",
            "accuracy_mean",
            "accuracy_sd",
            "accuracy_ci95",
            "nonzero_mean",
            "compression_mean",
            "flops_ratio_mean",
            "seconds_mean",
            "verdict"),
        table.columnNames());
    assertEquals(List.of("dense", "rigl", "literal"), table.stringColumn("method").asList());
    assertEquals(3, table.intColumn("seeds").get(0));
    assertEquals(0.92, table.doubleColumn("accuracy_mean").get(0), 1e-12);
    assertEquals(0.02, table.doubleColumn("accuracy_sd").get(0), 1e-12);
    assertEquals(
        4.302652729911275 * 0.02 / Math.sqrt(3), table.doubleColumn("accuracy_ci95").get(0), 1e-9);
    assertEquals(200, table.doubleColumn("nonzero_mean").get(0), 1e-12);
    assertTrue(table.column("flops_ratio_mean").isMissing(0));
    assertEquals("baseline", table.stringColumn("verdict").get(0));
    // Differences −0.04, −0.05, −0.09: t = −0.06 / (0.026458 / √3) = −3.93, p = 0.059.
    assertEquals("not distinguishable", table.stringColumn("verdict").get(1));
    assertEquals(1, table.intColumn("seeds").get(2));
    assertTrue(table.column("accuracy_mean").isMissing(2));
    assertEquals("collapsed: fc1 is dead (1 of 1 seed)", table.stringColumn("verdict").get(2));
  }

  @Test
  void runsAreInOrderOfMethodAndSeed() {
    Table runs = SMALL.runs();
    assertEquals(7, runs.rowCount());
    assertEquals(List.of(1L, 2L, 3L, 1L, 2L, 3L, 1L), runs.longColumn("seed").asList());
    assertEquals(0.86, runs.doubleColumn("accuracy").get(3));
    assertEquals("fc1 is dead", runs.stringColumn("collapse").get(6));
    assertTrue(runs.column("accuracy").isMissing(6));
    assertTrue(runs.column("flops_ratio").isMissing(0));
    assertEquals(3 + 6 + 4, SMALL.epochs().rowCount());
    assertEquals(0.5, SMALL.epochs().doubleColumn("validation_accuracy").get(4));
  }

  @Test
  void bestIsChosenByValidationAtTheChosenEpoch() {
    BestRun best = SMALL.best("rigl");
    assertEquals(1, best.result().seed());
    assertEquals(0.5, best.validationAccuracy());
    IllegalStateException opened = assertThrows(IllegalStateException.class, best::network);
    assertEquals("opens run1", opened.getMessage());
  }

  @Test
  void theBeginningOfANameIsEnoughWhenItIsNoOthers() {
    Results mnist = Studies.mnist();
    assertEquals(
        "switcher connections 42500", mnist.best("switcher connections").result().method());
    assertEquals("l0", mnist.best("l").result().method());
    assertThrows(RecipeException.class, () -> mnist.best("magnitude global"));
  }

  @Test
  void bestNamesTheNearestMethodOrTheCollapse() {
    RecipeException wrong = assertThrows(RecipeException.class, () -> SMALL.best("rigel"));
    assertEquals("there is no method 'rigel'; did you mean 'rigl'?", wrong.getMessage());
    RecipeException far = assertThrows(RecipeException.class, () -> SMALL.best("bonsai"));
    assertEquals("there is no method 'bonsai'; allowed: dense, rigl, literal", far.getMessage());
    RecipeException dead = assertThrows(RecipeException.class, () -> SMALL.best("literal"));
    assertEquals("no run of 'literal': collapsed: fc1 is dead (1 of 1 seed)", dead.getMessage());
    Results empty = Studies.results("empty", List.of());
    assertEquals(
        "there is no method 'x': the study has no runs",
        assertThrows(RecipeException.class, () -> empty.best("x")).getMessage());
  }

  @Test
  void anotherBaselineIsAnotherQuestion() {
    Results turned = SMALL.baseline("rigl");
    assertEquals("baseline", turned.summary().stringColumn("verdict").get(1));
    assertEquals("not distinguishable", turned.summary().stringColumn("verdict").get(0));
    assertEquals("dense", SMALL.baseline());
    assertThrows(RecipeException.class, () -> SMALL.baseline("magnitude"));
  }

  @Test
  void twoRunsOfOneNameAndSeedAreRefused() {
    List<RunResult> twice = List.of(run("set", 1, 0.9), run("set", 1, 0.8));
    RecipeException refused =
        assertThrows(RecipeException.class, () -> Studies.results("twice", twice));
    assertTrue(refused.getMessage().startsWith("two runs are named 'set' and have seed 1"));
  }

  @Test
  void pairsCompareEveryTwo() {
    Table pairs = SMALL.pairs();
    assertEquals(1, pairs.rowCount());
    assertEquals(0.06, pairs.doubleColumn("difference_mean").get(0), 1e-12);
    double t = 0.06 / (Math.sqrt(0.0007) / Math.sqrt(3));
    assertEquals(1 - t / Math.sqrt(t * t + 2), pairs.doubleColumn("p").get(0), 1e-9);
    assertEquals(pairs.doubleColumn("p").get(0), pairs.doubleColumn("p_holm").get(0));
  }

  @Test
  void theListGivenMayChangeLater() {
    List<RunResult> runs = new ArrayList<>(List.of(run("dense", 1, 0.9)));
    Results results = Studies.results("kept", runs);
    runs.clear();
    assertEquals(1, results.runs().rowCount());
    assertSame(results.study(), "kept");
  }
}
