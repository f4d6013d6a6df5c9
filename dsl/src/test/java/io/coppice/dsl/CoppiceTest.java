package io.coppice.dsl;

import static io.coppice.dsl.Coppice.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coppice.framework.display.Displayable;
import io.coppice.framework.method.Method;
import io.coppice.framework.method.growth.RigL;
import io.coppice.framework.method.pruning.Magnitude;
import io.coppice.framework.method.pruning.Pruner;
import io.coppice.framework.optimize.Adam;
import io.coppice.framework.optimize.Sgd;
import io.coppice.framework.recipe.CanonicalJson;
import io.coppice.framework.recipe.RecipeException;
import io.coppice.framework.recipe.Time;
import io.coppice.framework.sparsity.Allocation;
import io.coppice.framework.sparsity.Granularity;
import io.coppice.framework.sparsity.NOfM;
import io.coppice.framework.sparsity.Saliency;
import io.coppice.framework.sparsity.Schedule;
import io.coppice.framework.training.LearningRates;
import io.coppice.framework.training.TrainingRecipe;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the words say is what the recipes hold. */
class CoppiceTest {

  @Test
  void pruningSentences() {
    Pruner said =
        magnitude()
            .global()
            .layers(Map.of("fc3", 0.5))
            .blocks(4, 1)
            .keep(0.1)
            .gradually(cubic().from(epochs(2)).until(epochs(30)).every(steps(50)));
    assertEquals(
        new Pruner(
            new Magnitude(),
            new Granularity.Block(4, 1, Granularity.Pooling.MEAN),
            new Allocation.PerLayer(Map.of("fc3", 0.5), new Allocation.Global()),
            new Schedule.Polynomial(3, Time.epochs(2), Time.epochs(30), Time.steps(50)),
            0.1),
        said);
    assertEquals(0.5, magnitude().nOfM(2, 4).oneShot().keep());
    assertEquals(NOfM.alongInputs(2, 4), magnitude().nOfM(2, 4).oneShot().granularity());
    assertEquals("random 20 %", random().keep(0.2).oneShot().name());
    assertEquals(
        new Schedule.Rounds(5, Time.epochs(3)),
        magnitude().keep(0.1).rounds(5, epochs(3)).schedule());
  }

  @Test
  void sparseTraining() {
    assertEquals(RigL.of(0.1), rigl().keep(0.1));
    assertEquals(
        new RigL(0.1, new Allocation.Uniform(), 0.2, Time.steps(10), Time.percent(50)),
        rigl().layerWise().fraction(0.2).every(steps(10)).until(percent(50)).keep(0.1));
    assertEquals("static 5 %", staticSparse().keep(0.05).name());
    assertEquals("set 5 %", set().keep(0.05).name());
  }

  @Test
  void gates() {
    assertEquals("switcher neurons ≤ 3000", switcher().neurons().budget(3000).name());
    assertEquals("switcher connections literal", switcher().connections().literal().name());
    assertEquals("l0 neurons λ=0.1", l0().neurons(0.1).name());
    assertEquals("mine", l0().weights(0.1).named("mine").name());
  }

  @Test
  void training() {
    assertEquals(
        new TrainingRecipe(
            new Sgd(0.1, 0.9, true, 1e-4),
            new LearningRates.WarmUp(Time.epochs(1), new LearningRates.Cosine(0)),
            32,
            Time.steps(500),
            5,
            0.1),
        sgd(0.1)
            .momentum(0.9)
            .nesterov()
            .weightDecay(1e-4)
            .batch(32)
            .steps(500)
            .learningRate(warmUp(epochs(1), cosine()))
            .clipNorm(5)
            .labelSmoothing(0.1)
            .recipe());
    assertEquals(
        new Adam(0.01, 0.8, 0.99, 1e-8, 0.5, true),
        adamW(0.01, 0.5).betas(0.8, 0.99).recipe().optimizer());
  }

  @Test
  void badWordsAreRefusedWhereTheyAreSaid() {
    assertEquals(
        "learningRate is -1.0; allowed: a number above 0",
        assertThrows(RecipeException.class, () -> sgd(-1)).getMessage());
    assertThrows(RecipeException.class, () -> sgd(0.1).nesterov());
    assertThrows(RecipeException.class, () -> sgd(0.1).batch(0).recipe());
    assertThrows(RecipeException.class, () -> magnitude().keep(1.5).oneShot());
    assertThrows(RecipeException.class, () -> pruning((w, g) -> w.abs()).keep(0.5).oneShot());
  }

  @Test
  void aSaliencyOfTheUsersOwnHasAName() {
    Pruner own = pruning(Saliency.named("cubed", (w, g) -> w.abs().pow(3))).keep(0.5).oneShot();
    assertEquals("cubed 50 %", own.name());
    assertTrue(CanonicalJson.of(own).contains("cubed"));
  }

  @Test
  void theFastestFormIsChosenForABatch() {
    assertEquals(64, fastest().batch());
    assertEquals(1, fastest().batch(1).batch());
    assertEquals(BFLOAT16, fastest().precision(BFLOAT16).batch(1).precision());
    assertEquals(
        "batch is 0; allowed: an integer of at least 1",
        assertThrows(RecipeException.class, () -> fastest().batch(0)).getMessage());
  }

  @Test
  void aSessionRegistersMethodsOfItsOwn() throws Exception {
    Method own = magnitude().global().keep(0.1).oneShot().named("mine");
    Catalogue standard = Catalogue.standard();
    Catalogue mine = standard.with(own, "a method <b> of mine");
    assertEquals(standard.entries().size() + 1, mine.entries().size());
    assertEquals(Map.of("mine", own), mine.registered());
    assertTrue(mine.toText(100).lines().anyMatch(l -> l.matches("mine .*this session")));
    assertTrue(mine.toHtml().contains("a method &lt;b&gt; of mine"));
    assertThrows(RecipeException.class, () -> mine.with(own, "again"));
    assertThrows(RecipeException.class, () -> standard.with(dense(), "taken"));
  }

  @Test
  void aMethodHalfSaidShowsWhatMustFollow() {
    assertEquals(
        "magnitude, unstructured, global; not yet a method: say keep(0.1) and then oneShot(),"
            + " gradually(...) or another schedule",
        magnitude().global().toText(200));
    for (Displayable begun :
        List.of(l0(), switcher(), switcher().neurons(), rigl(), random().keep(0.1))) {
      assertTrue(begun.toText(200).contains("ot yet a method: say"), begun.toText(200));
      assertTrue(begun.toHtml().contains("ot yet a method: say"), begun.toHtml());
    }
    assertTrue(rigl().toText(100).contains("every 100 steps"), rigl().toText(100));
  }

  @Test
  void theCatalogueListsEveryWordWithALine() {
    assertTrue(
        Catalogue.standard().entries().stream().anyMatch(entry -> entry.word().equals("rigl")));
    for (Catalogue.Entry entry : Catalogue.standard().entries()) {
      assertFalse(entry.summary().isBlank(), entry.word());
    }
  }
}
