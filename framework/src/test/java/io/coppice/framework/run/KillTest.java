package io.coppice.framework.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coppice.framework.training.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes on one store, really killed. */
class KillTest {
  private static final Pattern LINE = Pattern.compile("(started|epoch|finished) (\\S+ \\d+)");

  @TempDir Path killed;
  @TempDir Path whole;

  @Test
  void killedAFewTimesTheBitsAreTheSame() throws Exception {
    killAgainAndAgain(3, 6, new Random(1));
  }

  @Test
  @Tag("slow")
  void killedManyTimesTheBitsAreTheSame() throws Exception {
    killAgainAndAgain(40, 30, new Random());
  }

  /** Kills the study at moments of its epochs, its saving and its storing, then lets it end. */
  private void killAgainAndAgain(int kills, int epochs, Random random) throws Exception {
    Map<String, Integer> saved = new HashMap<>();
    for (int kill = 0; kill < kills; kill++) {
      try (StudyProcess process = new StudyProcess(killed, epochs)) {
        int lines = 1 + random.nextInt(Math.max(6, epochs / 4));
        for (int i = 0; i < lines && follow(process, saved); i++) {}
        Thread.sleep(random.nextInt(40));
        process.kill();
        while (follow(process, saved)) {}
      }
    }
    try (StudyProcess process = new StudyProcess(killed, epochs)) {
      while (follow(process, saved)) {}
      assertEquals(0, process.exitCode(), () -> errors());
    }
    assertSameAsUninterrupted(epochs);
  }

  /** Reads one line and checks that at most the epoch in which the kill came was lost. */
  private boolean follow(StudyProcess process, Map<String, Integer> saved) throws IOException {
    String line = process.line();
    if (line == null) {
      return false;
    }
    Matcher words = LINE.matcher(line);
    assertTrue(words.lookingAt(), line);
    String run = words.group(2);
    switch (words.group(1)) {
      case "started" -> {
        int before = saved.getOrDefault(run, 0);
        int resumed = Integer.parseInt(line.replaceAll(".*epoch (\\d+) of .*", "$1"));
        assertTrue(resumed == before || resumed == before + 1, line + " after " + before);
      }
      case "epoch" -> saved.put(run, Integer.parseInt(line.replaceAll(".* ", "")));
      default -> {}
    }
    return true;
  }

  @Test
  void twoProcessesShareAStudyAndTrainEveryEpochOnce() throws Exception {
    int epochs = 8;
    try (StudyProcess other = new StudyProcess(killed, epochs)) {
      List<String> lines = new ArrayList<>(List.of(other.line()));
      Recorder here = new Recorder();
      StudyProcess.study(epochs).run(new RunStore(killed), here);
      lines.addAll(rest(other));
      assertEquals(0, other.exitCode(), () -> errors());
      assertEquals(List.of(), here.warnings);
      Set<String> seen = new HashSet<>();
      lines.addAll(here.lines);
      for (String line : lines) {
        assertTrue(!line.startsWith("epoch") || seen.add(line), "trained twice: " + line);
      }
      assertEquals(4 * epochs, seen.size());
      for (Plan plan : StudyProcess.study(epochs).plans()) {
        String finished = "finished " + plan.method().name() + " " + plan.seed();
        assertEquals(2, lines.stream().filter(line -> line.startsWith(finished)).count());
      }
    }
    assertSameAsUninterrupted(epochs);
  }

  @Test
  void whoOutlivesAnotherProcessFinishesItsRun() throws Exception {
    int epochs = 8;
    try (StudyProcess doomed = new StudyProcess(killed, epochs)) {
      String started = doomed.line();
      assertEquals("started dense 1: 0 of 4, epoch 0 of 8", started);
      doomed.line();
      Thread killer =
          new Thread(
              () -> {
                try {
                  Thread.sleep(50);
                  doomed.kill();
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
      killer.start();
      Recorder here = new Recorder();
      StudyProcess.study(epochs).run(new RunStore(killed), here);
      killer.join();
      assertEquals(List.of(), here.warnings);
    }
    assertSameAsUninterrupted(epochs);
  }

  private static List<String> rest(StudyProcess process) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = process.line(); line != null; line = process.line()) {
      lines.add(line);
    }
    return lines;
  }

  private void assertSameAsUninterrupted(int epochs) throws IOException {
    Study study = StudyProcess.study(epochs);
    RunStore store = new RunStore(killed);
    RunStore expected = new RunStore(whole);
    List<RunResult> results = study.run(expected, new Recorder());
    Recorder recorder = new Recorder();
    assertEquals(
        ToyStudy.withoutSeconds(results), ToyStudy.withoutSeconds(study.run(store, recorder)));
    assertTrue(recorder.lines.stream().allMatch(line -> line.endsWith("stored")));
    assertEquals(List.of(), recorder.warnings);
    for (Plan plan : study.plans()) {
      assertArrayEquals(ToyStudy.model(expected, plan), ToyStudy.model(store, plan));
      assertEquals(ToyStudy.files(expected.folder(plan)), ToyStudy.files(store.folder(plan)));
    }
  }

  private String errors() {
    try {
      return Files.readString(killed.resolve("stderr.txt"));
    } catch (IOException e) {
      return e.toString();
    }
  }
}
