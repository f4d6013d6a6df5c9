package io.coppice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coppice.framework.data.DataException;
import io.coppice.framework.data.DataSource;
import io.coppice.framework.data.Parts;
import io.coppice.framework.method.Dense;
import io.coppice.framework.network.Initialization;
import io.coppice.framework.network.models.Mlp;
import io.coppice.framework.recipe.Time;
import io.coppice.framework.run.RunResult;
import io.coppice.framework.training.EpochRow;
import io.coppice.framework.training.LearningRates;
import io.coppice.framework.training.Plan;
import io.coppice.framework.training.TrainingRecipe;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TerminalProgressTest {
  private static final Terminal PIPE = new Terminal(false, false, 100);

  private record Nothing() implements DataSource {
    @Override
    public String name() {
      return "nothing";
    }

    @Override
    public Parts load() {
      throw new DataException("there is nothing");
    }
  }

  /** A clock that stands until it is moved. */
  private static final class Standing extends Clock {
    private Instant now = Instant.EPOCH;

    void pass(long seconds) {
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

  private final Standing clock = new Standing();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private TerminalProgress on(Terminal terminal) {
    return new TerminalProgress(
        new PrintStream(bytes, true, StandardCharsets.UTF_8), terminal, clock);
  }

  private String said() {
    String said = bytes.toString(StandardCharsets.UTF_8);
    bytes.reset();
    return said;
  }

  private List<String> saidLines() {
    return said().lines().toList();
  }

  /** The live line as it stands now. */
  private String live() {
    String[] drawn = said().split("\r");
    return drawn[drawn.length - 1].stripTrailing();
  }

  private static Plan plan(long seed) {
    return new Plan(
        new Nothing(),
        new Mlp("mlp", List.of(3), true, 0, Initialization.KAIMING_NORMAL),
        new TrainingRecipe(
            new io.coppice.framework.optimize.Sgd(0.1, 0, false, 0),
            new LearningRates.Constant(),
            10,
            Time.epochs(4),
            0,
            0),
        new Dense(),
        seed);
  }

  private static EpochRow row(int epoch) {
    return new EpochRow(epoch, 1, 1, 0.9 + epoch / 100.0, 10, true, 0.1, 1);
  }

  private static RunResult result(long seed, int epochs) {
    return new RunResult(
        "dense",
        seed,
        "run" + seed,
        Optional.empty(),
        Map.of("accuracy", 0.98765),
        IntStream.rangeClosed(1, epochs).mapToObj(TerminalProgressTest::row).toList());
  }

  private void train(TerminalProgress progress, int seed, int runs, int secondsPerEpoch) {
    progress.started(plan(seed), seed - 1, runs, List.of(), 4);
    for (int epoch = 1; epoch <= 4; epoch++) {
      clock.pass(secondsPerEpoch);
      progress.epoch(plan(seed), row(epoch), 4);
    }
    progress.finished(plan(seed), result(seed, 4), false);
  }

  @Test
  void aPipeGetsOneLinePerRun() {
    TerminalProgress progress = on(PIPE);
    train(progress, 1, 2, 10);
    train(progress, 2, 2, 10);
    String said = said();
    assertFalse(said.contains("\r"));
    assertEquals(
        List.of(
            "1/2 dense, seed 1, accuracy 98.77 %",
            "2/2 dense, seed 2, accuracy 98.77 %", "2 runs in 1 min 20 s"),
        said.lines().toList());
  }

  @Test
  void whatIsStoredAndWhatCollapsedIsNamed() {
    TerminalProgress progress = on(PIPE);
    progress.finished(plan(1), result(1, 4), true);
    progress.started(plan(2), 1, 3, List.of(), 4);
    progress.finished(
        plan(2),
        new RunResult("dense", 2, "r", Optional.of("layer fc1 is dead"), Map.of(), List.of()),
        false);
    assertEquals(
        List.of(
            "1 dense, seed 1, accuracy 98.77 %, from the store",
            "2/3 dense, seed 2, ended early: layer fc1 is dead"),
        saidLines());
  }

  @Test
  void aTerminalHasOneLineThatFitsAndSaysWhatIsLeft() {
    TerminalProgress progress = on(new Terminal(true, true, 100));
    progress.started(plan(1), 0, 3, List.of(), 4);
    assertEquals("1/3 [------------------------] dense, seed 1, epoch 0/4", live());
    clock.pass(10);
    progress.epoch(plan(1), row(1), 4);
    // 3 epochs of this run and 2 runs of 4 epochs, 10 s each
    assertEquals(
        "1/3 [##----------------------] dense, seed 1, epoch 1/4, validation 91.00 %, 1 min 50 s left",
        live());
  }

  @Test
  void finishedRunsTellWhatRunsTake() {
    TerminalProgress progress = on(new Terminal(true, false, 100));
    train(progress, 1, 3, 20);
    progress.started(plan(2), 1, 3, List.of(), 4);
    clock.pass(5);
    progress.epoch(plan(2), row(1), 4);
    // 3 epochs of 5 s, then one run like the first: 80 s
    assertTrue(live().endsWith("1 min 35 s left"));
  }

  @Test
  void aResumedRunIsJudgedByItsOwnEpochsAlone() {
    TerminalProgress progress = on(new Terminal(true, false, 100));
    progress.started(plan(1), 0, 2, List.of(row(1), row(2)), 4);
    clock.pass(10);
    progress.epoch(plan(1), row(3), 4);
    // 1 epoch of this run and 4 of the next
    assertTrue(live().endsWith("50 s left"));
    clock.pass(10);
    progress.finished(plan(1), result(1, 4), false);
    progress.started(plan(2), 1, 2, List.of(), 4);
    clock.pass(1);
    progress.epoch(plan(2), row(1), 4);
    assertTrue(live().endsWith("3 s left"));
  }

  @Test
  void aNarrowTerminalLosesTheBarAndThenTheEnd() {
    TerminalProgress progress = on(new Terminal(true, false, 40));
    progress.started(plan(1), 0, 1, List.of(), 4);
    assertEquals("1/1 [--------] dense, seed 1, epoch 0/4", live());
    clock.pass(1);
    progress.epoch(plan(1), row(1), 4);
    String line = live();
    assertEquals("1/1 dense, seed 1, epoch 1/4, validatio", line);
    assertEquals(39, line.length());
  }

  @Test
  void nothingIsLeftOfTheLiveLine() {
    TerminalProgress progress = on(new Terminal(true, false, 60));
    train(progress, 1, 1, 1);
    assertTrue(said().endsWith("\r" + " ".repeat(59) + "\r1 run in 4 s" + System.lineSeparator()));
  }

  @Test
  void warningsStandOnLinesOfTheirOwn() {
    TerminalProgress progress = on(new Terminal(true, false, 60));
    progress.started(plan(1), 0, 1, List.of(), 4);
    progress.warning("result.json is damaged and was set aside");
    assertTrue(
        said().endsWith("\rresult.json is damaged and was set aside" + System.lineSeparator()));
  }
}
