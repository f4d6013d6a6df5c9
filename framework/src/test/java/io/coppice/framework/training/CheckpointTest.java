package io.coppice.framework.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coppice.framework.data.Parts;
import io.coppice.framework.optimize.Adam;
import io.coppice.framework.optimize.Optimizer;
import io.coppice.framework.optimize.Sgd;
import io.coppice.framework.recipe.Time;
import io.coppice.framework.storage.DamagedFileException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CheckpointTest {
  private static final Toy.Rings DATA = new Toy.Rings(300);
  private static final Parts PARTS = DATA.load();

  @TempDir Path folder;

  static Plan plan(Optimizer optimizer, LearningRate learningRate, Time length) {
    return new Plan(
        DATA,
        new Toy.NormalisedMlp(16, 0.2),
        new TrainingRecipe(optimizer, learningRate, 32, length, 1, 0.1),
        new Toy.Erosion("erosion", 0.1),
        7);
  }

  static List<Arguments> recipes() {
    return List.of(
        Arguments.of(
            "momentum, cosine",
            plan(new Sgd(0.1, 0.9, false, 1e-4), new LearningRates.Cosine(0), Time.epochs(5))),
        Arguments.of(
            "Nesterov, warm-up, a part of an epoch at the end",
            plan(
                new Sgd(0.1, 0.9, true, 0),
                new LearningRates.WarmUp(Time.steps(12), new LearningRates.Constant()),
                Time.steps(40))),
        Arguments.of(
            "Adam, plateau",
            plan(Adam.of(0.01), new LearningRates.Plateau(0.5, 1), Time.epochs(6))),
        Arguments.of(
            "AdamW, plateau after a warm-up",
            plan(
                new Adam(0.01, 0.9, 0.99, 1e-8, 0.01, true),
                new LearningRates.WarmUp(Time.epochs(1), new LearningRates.Plateau(0.3, 1)),
                Time.epochs(4))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("recipes")
  void resumedAtAnyEpochTheBitsAreTheSame(String name, Plan plan) throws Exception {
    Path file = folder.resolve("checkpoint");
    int epochs;
    List<EpochRow> rows;
    Map<String, byte[]> state;
    try (Training whole = new Training(plan, PARTS)) {
      epochs = whole.timeline().epochs();
      whole.nextEpoch();
      assertTrue(isMoved(whole, "parameter/02BatchNorm_runningMean"), "statistics moved");
      train(whole);
      rows = whole.rows();
      state = bytes(whole);
    }
    for (int boundary = 1; boundary <= epochs; boundary++) {
      try (Training first = new Training(plan, PARTS)) {
        for (int i = 0; i < boundary; i++) {
          first.nextEpoch();
        }
        Checkpoint.write(first, file);
        Map<String, byte[]> before = bytes(first);
        train(first);
        assertSame(state, bytes(first), "writing at " + boundary + " disturbed the training");
        try (Training second = new Training(plan, PARTS)) {
          Checkpoint.resume(file, second);
          assertEquals(boundary, second.rows().size());
          assertSame(before, bytes(second), "read back at " + boundary);
          train(second);
          assertSame(state, bytes(second), "resumed at " + boundary);
          assertEquals(withoutSeconds(rows), withoutSeconds(second.rows()));
          assertEquals(
              withoutSeconds(List.of(first.chosen().row().orElseThrow())),
              withoutSeconds(List.of(second.chosen().row().orElseThrow())));
        }
      }
    }
  }

  @Test
  void plateauOfTheTestAboveIsReached() {
    Plan plan = (Plan) recipes().get(2).get()[1];
    try (Training training = new Training(plan, PARTS)) {
      train(training);
      assertNotEquals(training.rows().get(0).learningRate(), training.rows().get(5).learningRate());
    }
  }

  @Test
  void aFlippedByteOrACutIsRefusedAndLeavesTheTrainingFresh() throws Exception {
    Plan plan = (Plan) recipes().get(0).get()[1];
    Path file = folder.resolve("checkpoint");
    try (Training training = new Training(plan, PARTS)) {
      training.nextEpoch();
      Checkpoint.write(training, file);
    }
    byte[] good = Files.readAllBytes(file);
    try (Training fresh = new Training(plan, PARTS)) {
      Map<String, byte[]> before = bytes(fresh);
      Random random = new Random(1);
      for (int i = 0; i < 300; i++) {
        byte[] bad = i % 3 == 0 ? Arrays.copyOf(good, random.nextInt(good.length)) : good.clone();
        if (i % 3 != 0) {
          bad[random.nextInt(i < 200 ? good.length : 300)] ^= (byte) (1 << random.nextInt(8));
        }
        Files.write(file, bad);
        assertThrows(DamagedFileException.class, () -> Checkpoint.resume(file, fresh));
      }
      assertSame(before, bytes(fresh), "after refusals");
      assertTrue(fresh.rows().isEmpty());
      Files.write(file, good);
      Checkpoint.resume(file, fresh);
      assertEquals(1, fresh.rows().size());
    }
  }

  @Test
  void anotherPlansCheckpointIsRefused() throws Exception {
    Path file = folder.resolve("checkpoint");
    Plan plan = (Plan) recipes().get(0).get()[1];
    Plan other = new Plan(plan.data(), plan.model(), plan.training(), plan.method(), 8);
    try (Training training = new Training(plan, PARTS);
        Training stranger = new Training(other, PARTS)) {
      training.nextEpoch();
      Checkpoint.write(training, file);
      DamagedFileException refusal =
          assertThrows(DamagedFileException.class, () -> Checkpoint.resume(file, stranger));
      assertEquals("it belongs to run " + plan.hash(), refusal.getMessage());
    }
  }

  private static void train(Training training) {
    while (!training.done()) {
      training.nextEpoch();
    }
  }

  private static boolean isMoved(Training training, String name) {
    return training.state().get(name).neq(0).any().getBoolean();
  }

  private static Map<String, byte[]> bytes(Training training) {
    Map<String, byte[]> bytes = new TreeMap<>();
    training.state().forEach((name, array) -> bytes.put(name, array.toByteArray()));
    return bytes;
  }

  private static void assertSame(Map<String, byte[]> one, Map<String, byte[]> other, String when) {
    assertEquals(one.keySet(), other.keySet(), when);
    one.forEach((name, bytes) -> assertArrayEquals(bytes, other.get(name), when + ": " + name));
  }

  private static List<EpochRow> withoutSeconds(List<EpochRow> rows) {
    return rows.stream()
        .map(
            row ->
                new EpochRow(
                    row.epoch(),
                    row.trainLoss(),
                    row.validationLoss(),
                    row.validationAccuracy(),
                    row.nonzero(),
                    row.settled(),
                    row.learningRate(),
                    0))
        .toList();
  }
}
