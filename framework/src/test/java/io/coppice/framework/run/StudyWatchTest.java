package io.coppice.framework.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coppice.framework.run.RunState.Stage;
import io.coppice.framework.training.EpochRow;
import io.coppice.framework.training.Plan;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyWatchTest {

  private static final class Watch extends StudyWatch {
    private final List<StudyState> seen;

    Watch(Clock clock, List<StudyState> seen) {
      super(clock);
      this.seen = seen;
    }

    @Override
    protected void changed(StudyState state) {
      seen.add(state);
    }
  }

  /** A clock that stands still until it is put forward. */
  private static final class Hand extends Clock {
    private Instant now = Instant.EPOCH;

    void forward(int seconds) {
      now = now.plusSeconds(seconds);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private static EpochRow row(int epoch) {
    return new EpochRow(epoch, 1.0 / epoch, 2.0 / epoch, 0.9, 100, true, 0.1, 10);
  }

  private static RunResult result(Plan plan, Optional<String> collapse, int epochs) {
    List<EpochRow> rows = new ArrayList<>();
    for (int epoch = 1; epoch <= epochs; epoch++) {
      rows.add(row(epoch));
    }
    return new RunResult(
        plan.method().name(), plan.seed(), "hash", collapse, Map.of("accuracy", 0.98321), rows);
  }

  @Test
  void followsEveryEvent() {
    Hand clock = new Hand();
    List<StudyState> seen = new ArrayList<>();
    StudyWatch watch = new Watch(clock, seen);
    Study study = ToyStudy.small();
    Plan dense = study.plans().get(0);
    Plan erosion = study.plans().get(1);
    watch.begun(study);
    assertEquals(
        List.of(Stage.WAITING, Stage.WAITING),
        watch.state().runs().stream().map(RunState::stage).toList());
    watch.started(dense, 0, 2, List.of(), 4);
    clock.forward(10);
    watch.epoch(dense, row(1), 4);
    assertEquals(0.125, watch.state().share());
    assertEquals(Optional.of(Duration.ofSeconds(30 + 40)), watch.state().left());
    assertEquals(Duration.ofSeconds(10), watch.state().spent());
    assertEquals("dense", watch.state().running().orElseThrow().method());
    clock.forward(30);
    watch.finished(dense, result(dense, Optional.empty(), 4), false);
    assertEquals("98.32 %", watch.state().runs().get(0).end());
    assertEquals(1, watch.state().done());
    watch.warning("a file was set aside");
    watch.finished(erosion, result(erosion, Optional.of("fc1 is dead"), 2), true);
    assertEquals(Stage.COLLAPSED, watch.state().runs().get(1).stage());
    assertEquals(
        List.of("a file was set aside", "erosion, seed 1, collapsed: fc1 is dead"),
        watch.state().warnings());
    assertEquals(Optional.empty(), watch.state().left());
    assertEquals(6, seen.size());
    assertEquals(seen.get(5), watch.state());
    assertEquals(0, seen.get(0).done(), "an earlier state stays as it was");
  }

  @Test
  void aResumedRunBeginsWhereItStood() {
    Hand clock = new Hand();
    StudyWatch watch = new Watch(clock, new ArrayList<>());
    Study study = ToyStudy.small();
    watch.begun(study);
    watch.started(study.plans().get(0), 0, 2, List.of(row(1), row(2), row(3)), 4);
    assertEquals(0.375, watch.state().share());
    assertTrue(watch.state().toText(80).contains("epoch 3 of 4"));
    clock.forward(10);
    watch.epoch(study.plans().get(0), row(4), 4);
    assertEquals(
        List.of(1, 2, 3, 4),
        watch.state().running().orElseThrow().rows().stream().map(EpochRow::epoch).toList());
    watch.stopped();
    assertTrue(watch.state().toText(120).contains("stopped after 10 s; running it again resumes"));
  }

  @Test
  void aRealStudyIsFollowedToItsEnd(@TempDir Path root) {
    List<StudyState> seen = new ArrayList<>();
    StudyWatch watch = new Watch(Clock.systemUTC(), seen);
    Study study = ToyStudy.small();
    study.run(new RunStore(root), watch);
    assertEquals(1 + 2 * (1 + 3 + 1), seen.size());
    assertTrue(seen.stream().anyMatch(state -> state.left().isPresent()));
    assertEquals(2, watch.state().done());
    assertFalse(watch.state().toText(80).contains("left"));
    study.run(new RunStore(root), watch);
    assertTrue(watch.state().runs().stream().allMatch(run -> run.stage() == Stage.STORED));
  }
}
