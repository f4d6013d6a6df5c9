package io.coppice.framework.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coppice.framework.display.Pages;
import io.coppice.framework.run.RunState.Stage;
import io.coppice.framework.training.EpochRow;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class StudyStateTest {

  private static List<EpochRow> rows(int epochs) {
    return IntStream.rangeClosed(1, epochs)
        .mapToObj(e -> new EpochRow(e, 1.0 / e, 1.5 / e, 1 - 0.5 / e, 100, true, 0.1, 1))
        .toList();
  }

  private static final StudyState STATE =
      new StudyState(
          "A <b>study</b>",
          List.of(
              new RunState("dense", 1, Stage.STORED, 4, 4, rows(4), "87.50 %"),
              new RunState("l0 <i>", 1, Stage.COLLAPSED, 4, 2, rows(2), ""),
              new RunState("dense", 2, Stage.RUNNING, 4, 2, rows(2), ""),
              RunState.waiting("l0 <i>", 2)),
          Duration.ofSeconds(75),
          Optional.of(Duration.ofSeconds(40)),
          List.of("l0 <i>, seed 1, collapsed: fc1 is dead"),
          false);

  @Test
  void readsAsATable() {
    assertEquals(
        """
        A <b>study</b>
        ███████████████░░░░░░░░░ 2 of 4 runs, 62 %; 1 min 15 s so far, about 40 s left

        method  seed 1                     seed 2             validation accuracy
        ─────────────────────────────────────────────────────────────────────────
        dense   ██████████ 87.50 % stored  █████░░░░░ 2 of 4  ▁█
        l0 <i>  collapsed                  ░░░░░░░░░░         ▁█
        dense, seed 2: epoch 2 of 4, training loss 0.5000, validation loss 0.7500, validation accuracy
        75.00\u00a0%
        ! l0 <i>, seed 1, collapsed: fc1 is dead""",
        STATE.toString());
  }

  @Test
  void isShownInPlace() throws Exception {
    String html = STATE.toHtml();
    Document page = Pages.parsed(html);
    assertEquals(0, page.getElementsByTagName("b").getLength());
    assertEquals(0, page.getElementsByTagName("i").getLength());
    assertEquals(2, page.getElementsByTagName("svg").getLength());
    assertEquals(6, page.getElementsByTagName("polyline").getLength());
    String text = page.getDocumentElement().getTextContent();
    for (String part :
        List.of("62 %", "about 40 s left", "87.50 % stored", "2 of 4", "0.5000", "75.00\u00a0%")) {
      assertTrue(text.contains(part), part);
    }
    assertTrue(html.contains("width:50.0%;background:var(--series-base)"), html);
    assertTrue(Pages.needsNothing(html));
  }

  @Test
  void beforeTheFirstEpochThereAreNoCurves() throws Exception {
    StudyState begun =
        new StudyState(
            "s",
            List.of(RunState.waiting("dense", 1)),
            Duration.ZERO,
            Optional.empty(),
            List.of(),
            false);
    assertEquals(0, Pages.parsed(begun.toHtml()).getElementsByTagName("svg").getLength());
    assertTrue(begun.toText(80).contains("0 of 1 runs, 0 %; 0 s so far\n"), begun.toText(80));
  }

  @Test
  void aStoppedStudySaysThatItCanBeResumed() {
    assertTrue(
        stopped(new RunState("dense", 1, Stage.RUNNING, 4, 2, rows(2), ""))
            .contains("0 of 1 runs, 50 %; stopped after 9 s; running it again resumes\n"));
    assertTrue(stopped(RunState.waiting("dense", 1)).contains("0 %; stopped after 9 s\n"));
  }

  private static String stopped(RunState run) {
    return new StudyState(
            "s", List.of(run), Duration.ofSeconds(9), Optional.empty(), List.of(), true)
        .toText(120);
  }
}
