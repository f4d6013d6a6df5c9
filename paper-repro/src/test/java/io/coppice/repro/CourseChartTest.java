package io.coppice.repro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coppice.framework.run.RunResult;
import io.coppice.framework.training.EpochRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CourseChartTest {

  private static RunResult run(String method, long seed, long... sizes) {
    List<EpochRow> epochs = new ArrayList<>();
    for (long size : sizes) {
      epochs.add(new EpochRow(epochs.size() + 1, 1, 1, 0.9, size, true, 0.1, 1));
    }
    return new RunResult(method, seed, method + seed, Optional.empty(), Map.of(), epochs);
  }

  private static int charts(RunResult... runs) {
    return CourseChart.of(new Ledger("s", List.of(runs))).split("<svg", -1).length - 1;
  }

  @Test
  void whatTheScheduleSaysNeedsNoChart() {
    assertEquals(0, charts(run("cubic", 1, 100, 50, 20), run("cubic", 2, 100, 50, 20)));
    assertEquals(0, charts(run("almost whole", 1, 100, 99, 98), run("dead", 1)));
    assertEquals(1, charts(run("gates", 1, 100, 50, 20), run("gates", 2, 100, 40, 20)));
    assertEquals(1, charts(run("gates", 1, 100, 50, 20), run("gates", 2)));
  }

  @Test
  void manyMethodsAreSpreadOverChartsWithOneAxis() {
    List<RunResult> runs = new ArrayList<>();
    for (int i = 0; i < 13; i++) {
      runs.add(run("gates " + i, 1, 100 * (i + 1), 50));
    }
    assertEquals(3, charts(runs.toArray(RunResult[]::new)));
    String html = CourseChart.of(new Ledger("s", runs));
    assertEquals(4, html.split(">2K<", -1).length, html);
  }

  @Test
  void theAxisEndsAtLinesAboveAndBelow() {
    String html = CourseChart.of(new Ledger("s", List.of(run("gates", 1, 39_000, 31_000))));
    assertTrue(html.contains(">20K<") && html.contains(">50K<"), html);
  }

  @Test
  void aLevelStretchIsToldByItsEnds() {
    String html = CourseChart.of(new Ledger("s", List.of(run("gates", 1, 200, 100, 100, 100, 50))));
    String course = html.split("points=\"")[1];
    assertEquals(4, course.substring(0, course.indexOf('"')).split(" ").length, course);
  }
}
