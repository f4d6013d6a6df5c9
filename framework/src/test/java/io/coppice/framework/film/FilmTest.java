package io.coppice.framework.film;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coppice.framework.display.Displayable;
import io.coppice.framework.display.Pages;
import io.coppice.framework.method.Dense;
import io.coppice.framework.method.Method;
import io.coppice.framework.method.Sequel;
import io.coppice.framework.method.gates.Gating;
import io.coppice.framework.method.gates.L0;
import io.coppice.framework.method.gates.Switcher;
import io.coppice.framework.network.models.Mlp;
import io.coppice.framework.optimize.Sgd;
import io.coppice.framework.recipe.RecipeException;
import io.coppice.framework.recipe.Time;
import io.coppice.framework.run.Progress;
import io.coppice.framework.run.RunResult;
import io.coppice.framework.run.RunStore;
import io.coppice.framework.run.Study;
import io.coppice.framework.training.EpochRow;
import io.coppice.framework.training.LearningRates;
import io.coppice.framework.training.Toy;
import io.coppice.framework.training.TrainingInterruptedException;
import io.coppice.framework.training.TrainingRecipe;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilmTest {
  private static final Progress UNWATCHED = new Progress() {};

  private static Study study(Method method) {
    return new Study(
        "rings",
        new Toy.Rings(400),
        Mlp.of(24, 24),
        new TrainingRecipe(
            new Sgd(0.05, 0.9, false, 0), new LearningRates.Constant(), 20, Time.epochs(5), 0, 0),
        List.of(method),
        List.of(1L));
  }

  private static Film film(Method method) {
    return new Filming(study(method), UNWATCHED).film();
  }

  private static Switcher repaired(Gating gating) {
    return Switcher.repaired(gating, 300).phase(new Switcher.Phase(1, 30, 100));
  }

  @Test
  void isTheTrainingThatTheStudyRuns(@TempDir Path store) {
    Method erosion = new Toy.Erosion("erosion", 0.2);
    Film film = film(erosion);
    RunResult run = study(erosion).run(new RunStore(store), UNWATCHED).get(0);
    assertEquals(6, film.frames().size());
    for (EpochRow row : run.epochs()) {
      Frame frame = film.frames().get(row.epoch());
      assertEquals(row.validationLoss(), frame.row().orElseThrow().validationLoss());
      int kept = frame.masks().values().stream().mapToInt(mask -> mask.kept()).sum();
      assertEquals(row.nonzero(), kept);
    }
    assertTrue(film.frames().get(0).masks().get("fc2").isFull());
    assertTrue(film.frames().get(0).gates().isEmpty());
  }

  @Test
  void gatesPerNeuronAreLinesOfOnePicture() throws Exception {
    Film film = film(repaired(Gating.NEURONS));
    assertTrue(film.collapse().isEmpty(), film::toString);
    Gates last = film.frames().get(5).gates().get("fc2");
    assertEquals(1, last.rows());
    assertEquals(24, last.columns());
    assertTrue(last.open() < 24, film::toString);
    assertEquals(1, film.gates("fc2").panels().size());
    shows(film.gates("fc2"));
    shows(film);
  }

  @Test
  void gatesPerConnectionAreMatricesAtSixMoments() throws Exception {
    Film film = film(repaired(Gating.CONNECTIONS));
    assertEquals(6, film.gates("fc2").panels().size());
    assertEquals(24 * 24, film.frames().get(0).gates().get("fc2").open());
    assertEquals(2, film.masks("fc2", 0, 5).panels().size());
    shows(film.gates("fc2"));
    shows(film.masks("fc1"));
  }

  /** Three phases of 30 steps, and the task's 20 steps in each of five epochs. */
  @Test
  void theGateCurveRunsThroughTheStepsOfSwitchersAndTask() throws Exception {
    Film film = film(repaired(Gating.NEURONS).freezeLast(Time.epochs(1)));
    assertTrue(film.collapse().isEmpty(), film::toString);
    GateCurve curve = film.gateCurve();
    GateMoment last = curve.moments().get(curve.moments().size() - 1);
    assertEquals(3 * 30 + 5 * 20 - 1, last.step());
    assertEquals(Map.of("fc1", 2, "fc2", 24, "fc3", 24), curve.gates());
    film.frames()
        .get(5)
        .gates()
        .forEach((layer, gates) -> assertEquals(gates.open(), last.open().get(layer)));
    shows(curve);
    assertTrue(curve.toText(100).contains("fc2"), curve::toString);
  }

  @Test
  void theGateCurveFollowsGatesThatFollowTheWeights() {
    Film film = film(Switcher.literal(Gating.CONNECTIONS).throughSwitcher(true));
    GateCurve curve = film.gateCurve();
    assertTrue(
        curve.moments().stream().map(moment -> moment.open().get("fc2")).distinct().count() > 3,
        curve::toString);
  }

  /** L0's gates are open until the first has closed for good. */
  @Test
  void everyMethodWithGatesHasACurve() {
    GateCurve curve = film(L0.weights(0.5)).gateCurve();
    assertEquals(24L * 24, curve.moments().get(0).open().get("fc2"));
    assertEquals(5 * 20 - 1, curve.moments().get(curve.moments().size() - 1).step());
  }

  /** Gates that come with the second of two methods: its three epochs, two phases of 30 steps. */
  @Test
  void gatesMayComeLater() throws Exception {
    Switcher late = repaired(Gating.NEURONS).freezeLast(Time.epochs(0));
    Film film = film(new Sequel(new Dense(), Time.epochs(2), Optional.empty(), late));
    assertTrue(film.frames().get(0).gates().isEmpty());
    assertTrue(film.gates("fc2").toText(100).contains("from epoch 3 at the top to epoch 5"));
    GateCurve curve = film.gateCurve();
    assertEquals(2 * 30 + 3 * 20 - 1, curve.moments().get(curve.moments().size() - 1).step());
    shows(curve);
  }

  @Test
  void mayBeOfTheFirstEpochsAlone() {
    Film film = new Filming(study(repaired(Gating.NEURONS)), UNWATCHED).film(2);
    assertEquals(3, film.frames().size());
    Film whole = film(repaired(Gating.NEURONS));
    assertEquals(validationLoss(whole, 2), validationLoss(film, 2));
  }

  private static double validationLoss(Film film, int epoch) {
    return film.frames().get(epoch).row().orElseThrow().validationLoss();
  }

  private static void shows(Displayable shown) throws Exception {
    Pages.parsed(shown.toHtml());
    for (int width : new int[] {60, 100}) {
      shown.toText(width).lines().forEach(line -> assertTrue(line.length() <= width, line));
    }
  }

  @Test
  void endsWithTheCollapse() {
    Film film = film(Switcher.literal(Gating.NEURONS).optimizer(new Sgd(5, 0, false, 0)));
    String reason = film.collapse().orElseThrow();
    assertEquals("collapse", film.frames().get(film.frames().size() - 1).moment());
    assertTrue(film.gates("fc2").toText(100).contains("collapsed: " + reason.substring(0, 12)));
  }

  @Test
  void saysWhatThereIsToSee() {
    Film film = film(new Toy.Erosion("erosion", 0.2));
    assertEquals(
        "layer is fc9; allowed: fc1, fc2, fc3",
        assertThrows(RecipeException.class, () -> film.masks("fc9")).getMessage());
    assertEquals(
        "epoch is 6; allowed: 0 to 5",
        assertThrows(RecipeException.class, () -> film.masks("fc1", 6)).getMessage());
    assertEquals(
        "layer is fc1; allowed: none, the method has no gates",
        assertThrows(RecipeException.class, () -> film.gates("fc1")).getMessage());
    assertEquals(
        "method is erosion; allowed: one with gates",
        assertThrows(RecipeException.class, film::gateCurve).getMessage());
  }

  @Test
  void stopsWhenInterrupted() {
    Thread.currentThread().interrupt();
    String message =
        assertThrows(
                TrainingInterruptedException.class, () -> film(new Toy.Erosion("erosion", 0.2)))
            .getMessage();
    assertTrue(Thread.interrupted());
    assertEquals("interrupted after 0 epochs; a film begins anew", message);
  }
}
