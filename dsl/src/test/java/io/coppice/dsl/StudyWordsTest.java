package io.coppice.dsl;

import static io.coppice.dsl.Coppice.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coppice.framework.network.Network;
import io.coppice.framework.recipe.RecipeException;
import io.coppice.framework.results.Results;
import io.coppice.framework.run.Progress;
import io.coppice.framework.run.RunResult;
import io.coppice.framework.training.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyWordsTest {

  private static StudyWords small() {
    return study("small")
        .data(mnist1d().samples(500).validation(50))
        .model(mlp(20))
        .train(sgd(0.1).momentum(0.9).batch(50).epochs(3))
        .compare(dense(), magnitude().global().keep(0.3).oneShot(epochs(1)))
        .seeds(1, 2);
  }

  @Test
  void aStudyIsRunThenReadFromItsStore(@TempDir Path folder) {
    List<Boolean> stored = new ArrayList<>();
    Progress watch =
        new Progress() {
          @Override
          public void finished(Plan plan, RunResult result, boolean found) {
            stored.add(found);
          }
        };
    Results first = small().in(folder).run(watch);
    Results again = small().in(folder).run(watch);
    assertEquals(
        List.of(false, false, false, false, true, true, true, true), stored, "stored runs");
    assertEquals(first.runs().print(), again.runs().print());
    assertEquals(List.of("dense", "magnitude global 30 %"), methods(first));
    try (Network best = again.best("magnitude global 30 %").network()) {
      long nonzero = best.layers().stream().mapToLong(l -> l.weight().neq(0).sum().getLong()).sum();
      assertEquals(Math.round(0.3 * (40 * 20 + 20 * 10)), nonzero);
    }
  }

  @Test
  void aStudyShowsWhatItWouldDo(@TempDir Path folder) {
    StudyWords said = small().in(folder);
    String card = said.toString();
    for (String part :
        List.of(
            "MNIST-1D, 350 examples for training",
            "3 epochs of 7 steps, batches of 50; sgd: learning rate 0.1, momentum 0.9",
            "2 methods × 2 seeds: 4 runs, 12 epochs, 84 steps",
            "none of 4 runs",
            "magnitude global 30 %")) {
      assertTrue(card.contains(part), card);
    }
    assertTrue(said.toHtml().contains("84 steps"));
    assertFalse(Files.exists(folder.resolve("runs")), "looking writes nothing");
  }

  @Test
  void anUnfinishedSentenceSaysWhatIsMissing() {
    StudyWords begun = study("<b>begun</b>").data(mnist1d());
    assertEquals(
        "<b>begun</b>: not yet a study: the study '<b>begun</b>' does not say model(...)",
        begun.toString());
    assertTrue(begun.toHtml().contains("&lt;b&gt;begun&lt;/b&gt;"));
    assertFalse(begun.toHtml().contains("<b>"));
  }

  private static List<String> methods(Results results) {
    return results.summary().stringColumn("method").asList();
  }

  @Test
  void everyWordReturnsANewSentence() {
    StudyWords said = small();
    said.seeds(7).compare(dense()).train(adam(0.01));
    assertEquals(List.of(1L, 2L), said.seeds());
    assertEquals(2, said.methods().size());
    SgdTraining training = sgd(0.1);
    training.momentum(0.5).batch(3);
    assertEquals(sgd(0.1).recipe(), training.recipe());
  }

  @Test
  void onlyTheLayersNamedArePruned(@TempDir Path folder) {
    StudyWords some =
        small()
            .named("some")
            .model(mlp(20, 10))
            .compare(
                magnitude().layers("fc2", "fc3").global().keep(0.3).oneShot(epochs(1)),
                rigl().every(steps(3)).layers("fc2").keep(0.5))
            .seeds(1)
            .in(folder);
    Results results = some.run(new Progress() {});
    assertEquals("some", results.study());
    assertEquals(
        List.of("magnitude global of fc2, fc3 30 %", "rigl erk of fc2 50 %"), methods(results));
    assertEquals(
        List.of(800.0 + Math.round(0.3 * 300), 800.0 + 100 + 100),
        results.runs().doubleColumn("nonzero").asList());
  }

  @Test
  void whatIsMissingIsNamed() {
    RecipeException data = assertThrows(RecipeException.class, () -> study("x").study());
    assertEquals("the study 'x' does not say data(...)", data.getMessage());
    RecipeException training =
        assertThrows(RecipeException.class, () -> study("x").data(mnist1d()).model(mlp(2)).study());
    assertEquals("the study 'x' does not say train(...)", training.getMessage());
  }

  @Test
  void whatDoesNotFitIsRefusedBeforeAnythingTrains(@TempDir Path folder) throws IOException {
    StudyWords late =
        small().compare(magnitude().keep(0.3).gradually(cubic().until(epochs(9)))).in(folder);
    String reason = assertThrows(RecipeException.class, late::run).getMessage();
    assertTrue(reason.contains("until"), reason);
    try (Stream<Path> files = Files.walk(folder)) {
      assertTrue(files.noneMatch(file -> file.endsWith("checkpoint")), "nothing was begun");
    }
  }

  @Test
  void theNameOfAStudyIsNotPartOfItsRuns() {
    List<Plan> plans = small().study().plans();
    StudyWords renamed =
        study("other")
            .data(small().data())
            .model(small().model())
            .train(sgd(0.1).momentum(0.9).batch(50).epochs(3))
            .compare(dense())
            .seeds(1);
    assertEquals(plans.get(0).hash(), renamed.study().plans().get(0).hash());
    assertNotEquals(plans.get(0).hash(), plans.get(1).hash());
  }
}
