package io.coppice.notebooks.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coppice.framework.training.EpochRow;
import io.coppice.notebooks.kernel.CellListener;
import io.coppice.notebooks.kernel.CellResult;
import io.coppice.notebooks.kernel.CoppiceKernel;
import io.coppice.notebooks.kernel.Settings;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotebookProgressTest {
  private static final String STUDY =
      """
      var results = study("tiny")
          .data(mnist1d().validation(500))
          .model(mlp(8))
          .train(sgd(0.05).batch(100).epochs(%d))
          .compare(dense(), random().keep(0.5).oneShot())
          .seeds(1)
          .in(Path.of("%s"))
          .run();
      """;

  @TempDir Path folder;

  /** What was displayed, and what in its place, each as text and HTML. */
  private static final class Displays implements CellListener {
    private final List<String> shown = Collections.synchronizedList(new ArrayList<>());
    private final List<String> updated = Collections.synchronizedList(new ArrayList<>());

    @Override
    public void stream(String name, String text) {}

    @Override
    public void display(DisplayData data) {
      shown.add((String) data.getData(MIMEType.TEXT_PLAIN));
      assertTrue(((String) data.getData(MIMEType.TEXT_HTML)).contains("<progress"));
    }

    @Override
    public void update(DisplayData data) {
      updated.add((String) data.getData(MIMEType.TEXT_PLAIN));
    }

    String last() {
      return updated.get(updated.size() - 1);
    }
  }

  @Test
  void aStudyIsOneDisplayAndIsThenInTheStore() {
    try (CoppiceKernel kernel = new CoppiceKernel(Settings.plain("test"))) {
      Displays first = new Displays();
      assertEquals(
          Optional.empty(), kernel.execute(STUDY.formatted(2, folder), 1, first).failure());
      assertEquals(List.of("1/2 dense, seed 1, epoch 0/2"), first.shown);
      assertTrue(first.last().startsWith("2 runs in "), first.updated::toString);
      Displays second = new Displays();
      kernel.execute(STUDY.formatted(2, folder), 2, second);
      assertEquals(1, second.shown.size());
      assertTrue(second.last().startsWith("2 runs in "), second.updated::toString);
    }
  }

  @Test
  void anInterruptedStudyStopsAndResumes() throws Exception {
    try (CoppiceKernel kernel = new CoppiceKernel(Settings.plain("test"))) {
      Displays first = new Displays();
      String study = STUDY.formatted(2_000, folder);
      CompletableFuture<CellResult> running =
          CompletableFuture.supplyAsync(() -> kernel.execute(study, 1, first));
      while (first.updated.isEmpty()) {
        Thread.sleep(10);
      }
      kernel.interrupt();
      CellResult result = running.get(60, TimeUnit.SECONDS);
      assertTrue(
          result.failure().orElseThrow().message().endsWith("running it again resumes there"),
          result::toString);
      assertTrue(first.last().endsWith("stopped; running the cell again resumes"), first.last());
      Displays second = new Displays();
      CompletableFuture<CellResult> again =
          CompletableFuture.supplyAsync(() -> kernel.execute(study, 2, second));
      while (second.shown.isEmpty()) {
        Thread.sleep(10);
      }
      kernel.interrupt();
      again.get(60, TimeUnit.SECONDS);
      assertFalse(second.shown.get(0).contains("epoch 0/"), second.shown::toString);
    }
  }

  @Test
  void theLineTellsTheRunItsAccuracyAndTheTimeLeft() {
    EpochRow row = new EpochRow(3, 1, 1, 0.5, 10, true, 0.1, 1);
    RunProgress run = new RunProgress("rigl", 2, 6, List.of(row), 3, "");
    StudyProgress progress =
        new StudyProgress(
            2,
            List.of(run),
            Duration.ofSeconds(3),
            Optional.of(Duration.ofSeconds(90)),
            List.of("a < b"),
            false);
    assertEquals(
        "a < b\n1/2 rigl, seed 2, epoch 3/6, validation 50.00 %, 1 min 30 s left",
        progress.toString());
    assertEquals(0.25, progress.share(), 1e-12);
    assertTrue(progress.toHtml().contains("value=\"0.250\""));
    assertTrue(progress.toHtml().contains("a &lt; b"));
  }
}
