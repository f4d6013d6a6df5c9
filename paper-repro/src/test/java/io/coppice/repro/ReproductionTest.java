package io.coppice.repro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coppice.dsl.Coppice;
import io.coppice.framework.film.GateCurve;
import io.coppice.framework.method.Dense;
import io.coppice.framework.method.Method;
import io.coppice.framework.recipe.RecipeException;
import io.coppice.framework.run.Progress;
import io.coppice.framework.run.RunResult;
import io.coppice.framework.run.Study;
import io.coppice.framework.training.EpochRow;
import io.coppice.framework.training.Plan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A paper of its own, whose study takes a second. */
class ReproductionTest {
  private static final String STUDY = "Small on MNIST-1D";

  @TempDir Path folder;
  private Papers papers;

  private static Study study() {
    return Coppice.study(STUDY)
        .data(Coppice.mnist1d().samples(300).validation(50))
        .model(Coppice.mlp(10))
        .train(Coppice.sgd(0.1).momentum(0.9).batch(50).epochs(2))
        .compare(new Dense(), Coppice.magnitude().keep(0.5).oneShot(Coppice.epochs(1)))
        .seeds(1, 2, 3)
        .study();
  }

  @BeforeEach
  void smallPaper() {
    Path paper = folder.resolve("small");
    Saved.write(
        paper.resolve("paper.md"), "# Small\n\nHalf of the weights\nare enough.\n\nMore.\n");
    Saved.write(paper.resolve("study.jsh"), "study");
    Saved.write(
        paper.resolve("published.csv"),
        """
        row,network,method,accuracy,weights,test_images,study,ours,changes,note
        half,small,Half,20.00,250,50,%s,magnitude 50 %%,,
        """
            .formatted(STUDY));
    papers = new Papers(folder);
  }

  private Reproduction reproduction(Study study) {
    return new Reproduction(papers.paper("small"), "study", List.of(study), folder);
  }

  private static Progress counting(List<String> told) {
    return new Progress() {
      @Override
      public void started(Plan plan, int index, int runs, List<EpochRow> finished, int epochs) {
        told.add(index + 1 + "/" + runs);
      }

      @Override
      public void finished(Plan plan, RunResult result, boolean stored) {
        told.add(stored ? "stored" : "trained");
      }
    };
  }

  @Test
  void aReproductionIsRunAndThenRead() {
    assertEquals(List.of("small  1 row: 1 open"), papers.lines());
    List<String> told = new ArrayList<>();
    Reproduction job = reproduction(study());
    job.run(Choice.row(job.paper(), job.studies(), "half"), counting(told));
    assertEquals(List.of("1/3", "trained", "2/3", "trained", "3/3", "trained"), told);
    Paper paper = job.paper();
    assertEquals(VerdictPage.of(paper), Saved.read(paper.verdictFile()));
    assertEquals("Half of the weights are enough.", paper.claim());
    Ledger ledger = paper.ledgers().get(0);
    assertEquals(List.of("magnitude 50 %"), ledger.methods());
    assertEquals(250, ledger.runs().get(0).metrics().get("nonzero"));
    assertEquals(1, Environments.read(paper.folder(STUDY)).size());

    told.clear();
    job.run(job.studies(), counting(told));
    assertEquals(3, told.stream().filter("stored"::equals).count());
    assertEquals(List.of("dense", "magnitude 50 %"), paper.ledgers().get(0).methods());
    assertTrue(IndexPage.of(papers).contains("Half of the weights are enough."));
  }

  /** The store may be lost: what is committed stays, but for what the script no longer says. */
  @Test
  void committedRunsStayWhileTheScriptSaysThem(@TempDir Path empty) {
    Reproduction job = reproduction(study());
    job.run(job.studies(), new Progress() {});
    Paper paper = job.paper();
    String before = Saved.read(paper.folder(STUDY).resolve("runs.csv"));
    new Reproduction(paper, "study", List.of(study()), empty).collect(new Progress() {});
    assertEquals(before, Saved.read(paper.folder(STUDY).resolve("runs.csv")));
    assertEquals(List.of(), job.strangers());

    Study now = study();
    Study other =
        new Study(STUDY, now.data(), Coppice.mlp(11), now.training(), now.methods(), now.seeds());
    Reproduction changed = new Reproduction(paper, "study", List.of(other), empty);
    assertEquals(6, changed.strangers().size());
    assertEquals(STUDY + ": dense, seed 1", changed.strangers().get(0));
  }

  @Test
  void aRunIsSharedByAllStudiesThatPlanIt(@TempDir Path empty) {
    Reproduction job = reproduction(study());
    job.run(job.studies(), new Progress() {});
    Paper paper = job.paper();
    Study study = study();
    Study other =
        new Study(
            "Other words",
            study.data(),
            study.model(),
            study.training(),
            study.methods(),
            List.of(2L, 3L, 4L));
    List<Study> lacking = Choice.lacking(paper, List.of(other));
    assertEquals(List.of(List.of(4L), List.of(4L)), lacking.stream().map(Study::seeds).toList());
    new Reproduction(paper, "study", List.of(study, other), empty).collect(new Progress() {});
    Ledger shared = paper.ledger("Other words").orElseThrow();
    assertEquals(paper.ledger(STUDY).orElseThrow().of("dense").get(1), shared.of("dense").get(0));
    assertEquals(4, shared.runs().size());
    assertEquals(
        Environments.read(paper.folder(STUDY)), Environments.read(paper.folder("Other words")));
  }

  @Test
  void methodsWithGatesAreFilmedForThePage() {
    Study gated =
        Coppice.study(STUDY)
            .data(Coppice.mnist1d().samples(300).validation(50))
            .model(Coppice.mlp(10))
            .train(Coppice.sgd(0.1).momentum(0.9).batch(50).epochs(2))
            .compare(new Dense(), Coppice.l0().neurons(0.1).named("gates, \"closing\""))
            .seeds(4, 5)
            .study();
    Reproduction job = reproduction(gated);
    RecipeException early =
        assertThrows(RecipeException.class, () -> job.film(job.studies(), 1, new Progress() {}));
    assertEquals(
        "film is Small on MNIST-1D; allowed: a study that has results", early.getMessage());
    job.run(job.studies(), new Progress() {});
    job.film(job.studies(), 1, new Progress() {});
    job.film(job.studies(), 2, new Progress() {});
    GateCurve curve = GatesFile.read(job.paper().folder(STUDY)).get("gates, \"closing\"");
    assertEquals("gates, \"closing\"", curve.method());
    assertEquals("seed 4", curve.training());
    assertEquals(40, curve.gates().get("fc1"));
    assertEquals(40, curve.moments().get(0).open().get("fc1"));
    assertEquals(5, curve.moments().get(curve.moments().size() - 1).step());
    assertTrue(IndexPage.of(papers).contains("Open gates, step by step: Small on MNIST-1D"));
  }

  @Test
  void onlyWhatIsNotCommittedIsLacking() {
    Reproduction job = reproduction(study());
    assertEquals(2, Choice.lacking(job.paper(), job.studies()).size());
    job.run(Choice.row(job.paper(), Choice.seeds(job.studies(), 2), "half"), new Progress() {});
    List<Study> lacking = Choice.lacking(job.paper(), job.studies());
    assertEquals(
        List.of(List.of(1L, 2L, 3L), List.of(3L)), lacking.stream().map(Study::seeds).toList());
    job.run(lacking, new Progress() {});
    assertEquals(List.of(), Choice.lacking(job.paper(), job.studies()));
    assertEquals(6, job.paper().ledgers().get(0).runs().size());
  }

  @Test
  void aQuickRunIsShortAndLeavesNothing() {
    List<Quick.Outcome> first = Quick.run(List.of(study()), new Progress() {});
    List<Quick.Outcome> again = Quick.run(List.of(study()), new Progress() {});
    assertEquals(first, again);
    assertEquals(250, first.get(1).weights());
    Paper paper = papers.paper("small");
    Study study = study();
    Quick.write(paper, List.of(study), first.subList(0, 1));
    Quick.write(paper, List.of(study), first);
    assertEquals(first, Quick.read(paper));
    List<Method> dense = study.methods().subList(0, 1);
    Study shorter =
        new Study(
            study.name(), study.data(), study.model(), study.training(), dense, study.seeds());
    Quick.write(paper, List.of(shorter), List.of());
    assertEquals(first.subList(0, 1), Quick.read(paper));
  }

  @Test
  void aWrongNameIsPutRight() {
    Reproduction job = reproduction(study());
    RecipeException row =
        assertThrows(RecipeException.class, () -> Choice.row(job.paper(), job.studies(), "halve"));
    assertEquals("there is no row 'halve'; did you mean 'half'?", row.getMessage());
    RecipeException none =
        assertThrows(RecipeException.class, () -> Choice.row(job.paper(), job.studies(), "xy"));
    assertEquals("there is no row 'xy'; allowed: half, dense, magnitude 50 %", none.getMessage());
    RecipeException paper = assertThrows(RecipeException.class, () -> papers.paper("smal"));
    assertEquals("there is no paper 'smal'; did you mean 'small'?", paper.getMessage());
    RecipeException other = assertThrows(RecipeException.class, () -> papers.paper("xy"));
    assertEquals("there is no paper 'xy'; allowed: small", other.getMessage());
    assertEquals(List.of(1L, 2L), Choice.seeds(job.studies(), 2).get(0).seeds());
  }
}
