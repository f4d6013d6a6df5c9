package io.coppice.notebooks.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coppice.notebooks.kernel.CellListener;
import io.coppice.notebooks.kernel.CellResult;
import io.coppice.notebooks.kernel.CoppiceKernel;
import io.coppice.notebooks.kernel.Settings;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.nio.file.Path;
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

  /** What was displayed, and what in its place, each as text. */
  private static final class Displays implements CellListener {
    private final List<String> shown = Collections.synchronizedList(new ArrayList<>());
    private final List<String> updated = Collections.synchronizedList(new ArrayList<>());
    private volatile String html = "";

    @Override
    public void stream(String name, String text) {}

    @Override
    public void display(DisplayData data) {
      shown.add((String) data.getData(MIMEType.TEXT_PLAIN));
    }

    @Override
    public void update(DisplayData data) {
      updated.add((String) data.getData(MIMEType.TEXT_PLAIN));
      html = (String) data.getData(MIMEType.TEXT_HTML);
    }

    String last() {
      return updated.isEmpty() ? "" : updated.get(updated.size() - 1);
    }

    void awaitAnEpoch() throws InterruptedException {
      while (!last().matches("(?s).*: epoch [1-9].*")) {
        Thread.sleep(10);
      }
    }
  }

  @Test
  void aStudyIsOneDisplayAndIsThenInTheStore() {
    try (CoppiceKernel kernel = new CoppiceKernel(Settings.plain("test"))) {
      Displays first = new Displays();
      long begun = System.nanoTime();
      assertEquals(
          Optional.empty(), kernel.execute(STUDY.formatted(60, folder), 1, first).failure());
      long pauses = (System.nanoTime() - begun) / 200_000_000;
      assertEquals(1, first.shown.size());
      assertTrue(first.shown.get(0).contains("0 of 2 runs, 0 %; 0 s so far"), first.shown.get(0));
      assertTrue(first.updated.size() <= pauses + 1, "five a second, and one at the end");
      assertTrue(first.last().matches("(?s).*2 of 2 runs, 100 %; .* in all.*"), first.last());
      assertTrue(first.html.contains("<polyline"), first.html);
      Displays second = new Displays();
      kernel.execute(STUDY.formatted(60, folder), 2, second);
      assertEquals(1, second.shown.size());
      assertTrue(second.last().contains(" % stored"), second.last());
    }
  }

  @Test
  void anInterruptedStudyStopsAndResumesWithItsCurves() throws Exception {
    try (CoppiceKernel kernel = new CoppiceKernel(Settings.plain("test"))) {
      Displays first = new Displays();
      String study = STUDY.formatted(2_000, folder);
      CompletableFuture<CellResult> running =
          CompletableFuture.supplyAsync(() -> kernel.execute(study, 1, first));
      first.awaitAnEpoch();
      kernel.interrupt();
      CellResult result = running.get(60, TimeUnit.SECONDS);
      assertTrue(
          result.failure().orElseThrow().message().endsWith("running it again resumes there"),
          result::toString);
      assertTrue(first.last().contains("; running it again resumes\n"), first.last());
      Displays second = new Displays();
      CompletableFuture<CellResult> again =
          CompletableFuture.supplyAsync(() -> kernel.execute(study, 2, second));
      second.awaitAnEpoch();
      kernel.interrupt();
      again.get(60, TimeUnit.SECONDS);
      assertTrue(
          second.updated.stream().noneMatch(text -> text.contains(": epoch 0 of")),
          second.updated::toString);
    }
  }

  @Test
  void aStudyThatFailsIsStopped() {
    try (CoppiceKernel kernel = new CoppiceKernel(Settings.plain("test"))) {
      Displays seen = new Displays();
      String broken = STUDY.formatted(2, folder).replace("mlp(8)", "lenet5Caffe()");
      assertTrue(kernel.execute(broken, 1, seen).failure().isPresent());
      assertTrue(seen.last().contains("0 of 2 runs, 0 %; stopped after "), seen.last());
    }
  }
}
