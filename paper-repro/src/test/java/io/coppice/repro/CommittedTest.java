package io.coppice.repro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coppice.framework.run.RunResult;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is committed of every paper says the same, from its runs to its page. */
class CommittedTest {
  private static final Papers PAPERS = new Papers(Path.of("").toAbsolutePath());

  static List<Paper> papers() {
    return PAPERS.all();
  }

  @Test
  void thereArePapers() {
    assertFalse(papers().isEmpty());
  }

  @ParameterizedTest
  @MethodSource("papers")
  void theVerdictFollowsFromTheRuns(Paper paper) {
    assertEquals(
        VerdictPage.of(paper),
        Saved.read(paper.verdictFile()),
        "VERDICT.md contradicts results/: ./coppice repro " + paper.name() + " --collect");
  }

  @ParameterizedTest
  @MethodSource("papers")
  void theSummaryFollowsFromTheRuns(Paper paper) {
    for (Ledger ledger : paper.ledgers()) {
      ledger
          .files()
          .forEach(
              (name, text) ->
                  assertEquals(
                      text,
                      Saved.read(paper.folder(ledger.study()).resolve(name)),
                      ledger.study() + ": " + name));
    }
  }

  /** A row that names a method which its study does not have would stay open for ever. */
  @ParameterizedTest
  @MethodSource("papers")
  void quickRunsKnowEveryRow(Paper paper) {
    List<String> known =
        Quick.read(paper).stream().map(quick -> quick.study() + ": " + quick.method()).toList();
    paper
        .published()
        .forEach(row -> assertTrue(known.contains(row.study() + ": " + row.ours()), row.row()));
  }

  @ParameterizedTest
  @MethodSource("papers")
  void everyFinishedRunHasItsCourse(Paper paper) {
    for (Ledger ledger : paper.ledgers()) {
      for (RunResult run : ledger.runs()) {
        assertTrue(
            run.collapse().isPresent() || !run.epochs().isEmpty(),
            () -> run.method() + ", seed " + run.seed());
      }
    }
  }

  @Test
  void thePageFollowsFromThePapers() {
    assertEquals(
        IndexPage.of(PAPERS),
        Saved.read(PAPERS.pageFile()),
        "index.html is out of date: ./coppice repro --page");
  }

  @Test
  void thePageNeedsNothingBesideItself() {
    String page = Saved.read(PAPERS.pageFile());
    for (String outside : List.of("<script", "src=", "@import", "url(")) {
      assertFalse(page.contains(outside), outside);
    }
    assertTrue(page.length() < 500_000, "light: " + page.length());
  }
}
