package io.coppice.framework.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coppice.framework.training.EpochRow;
import io.coppice.framework.training.Plan;
import io.coppice.framework.training.Toy;
import io.coppice.framework.training.TrainingInterruptedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever has happened to a file of the store, a study ends with the true results. */
class DamageTest {

  /** What happens to a file: {@code at} is a place in it, from 0 to 1. */
  record Damage(Kind kind, double at, int bit) {
    enum Kind {
      FLIP,
      CUT,
      EMPTY,
      LONGER,
      FOLDER,
      ANOTHER_RUNS
    }

    void happenTo(Path file, Path another) throws IOException {
      byte[] bytes = Files.readAllBytes(file);
      int place = (int) (at * (bytes.length - 1));
      switch (kind) {
        case FLIP -> bytes[place] ^= (byte) (1 << bit);
        case CUT -> bytes = Arrays.copyOf(bytes, place);
        case EMPTY -> bytes = new byte[0];
        case LONGER -> bytes = Arrays.copyOf(bytes, bytes.length + 1);
        case ANOTHER_RUNS -> bytes = Files.readAllBytes(another);
        case FOLDER -> {
          Files.delete(file);
          Files.createDirectories(file.resolve("inside"));
          return;
        }
      }
      Files.write(file, bytes);
    }
  }

  private static final Study STUDY =
      ToyStudy.of(60, 2, List.of(1L, 2L), new Toy.Erosion("erosion", 0.1));
  private static final Plan PLAN = STUDY.plans().get(0);
  private static final Plan OTHER = STUDY.plans().get(1);
  private static Path good;
  private static Path stopped;
  private static List<RunResult> results;

  @BeforeContainer
  static void runOnce() throws IOException {
    good = Files.createTempDirectory("coppice-good");
    stopped = Files.createTempDirectory("coppice-stopped");
    results = STUDY.run(new RunStore(good), new Recorder());
    for (long seed : STUDY.seeds()) {
      Study one = ToyStudy.of(60, 2, List.of(seed), new Toy.Erosion("erosion", 0.1));
      assertThrows(
          TrainingInterruptedException.class,
          () ->
              one.run(
                  new RunStore(stopped),
                  new Progress() {
                    @Override
                    public void epoch(Plan plan, EpochRow row, int epochs) {
                      Thread.currentThread().interrupt();
                    }
                  }));
      assertTrue(Thread.interrupted());
    }
  }

  @AfterContainer
  static void clean() throws IOException {
    delete(good);
    delete(stopped);
  }

  @Provide
  Arbitrary<Damage> damages() {
    return Combinators.combine(
            Arbitraries.of(Damage.Kind.class),
            Arbitraries.doubles().between(0, 1),
            Arbitraries.integers().between(0, 7))
        .as(Damage::new);
  }

  @Provide
  Arbitrary<String> finishedFiles() {
    return Arbitraries.of(
        "plan.json", "environment.json", "epochs.csv", "result.json", "model.safetensors");
  }

  @Provide
  Arbitrary<String> begunFiles() {
    return Arbitraries.of("plan.json", "checkpoint");
  }

  @Property(tries = 50, shrinking = ShrinkingMode.OFF)
  void ofAFinishedRun(@ForAll("finishedFiles") String name, @ForAll("damages") Damage damage)
      throws IOException {
    check(good, name, damage);
  }

  @Property(tries = 20, shrinking = ShrinkingMode.OFF)
  void ofABegunRun(@ForAll("begunFiles") String name, @ForAll("damages") Damage damage)
      throws IOException {
    check(stopped, name, damage);
  }

  private static void check(Path store, String name, Damage damage) throws IOException {
    Path copy = Files.createTempDirectory("coppice-damage");
    try {
      copy(store, copy);
      RunStore damaged = new RunStore(copy);
      Path folder = damaged.folder(PLAN);
      byte[] whole = Files.readAllBytes(folder.resolve(name));
      damage.happenTo(folder.resolve(name), damaged.folder(OTHER).resolve(name));
      Assume.that(
          Files.isDirectory(folder.resolve(name))
              || !Arrays.equals(whole, Files.readAllBytes(folder.resolve(name))));
      Recorder recorder = new Recorder();
      List<RunResult> found = STUDY.run(damaged, recorder);
      assertEquals(ToyStudy.withoutSeconds(results), ToyStudy.withoutSeconds(found));
      assertArrayEquals(ToyStudy.model(new RunStore(good), PLAN), ToyStudy.model(damaged, PLAN));
      assertTrue(recorder.warnings.size() >= 1, "no warning");
      assertTrue(
          recorder.warnings.get(0).startsWith(folder.resolve(name) + " cannot be trusted: "),
          () -> recorder.warnings.get(0));
      assertTrue(Files.exists(folder.resolve(name + ".damaged-1")));
      for (String file : List.of("plan.json", "epochs.csv", "result.json", "model.safetensors")) {
        assertTrue(Files.isRegularFile(folder.resolve(file)), file);
      }
      assertTrue(Files.notExists(folder.resolve("checkpoint")));
      Recorder again = new Recorder();
      assertEquals(found, STUDY.run(damaged, again));
      assertEquals(List.of(), again.warnings);
    } finally {
      delete(copy);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(file));
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
