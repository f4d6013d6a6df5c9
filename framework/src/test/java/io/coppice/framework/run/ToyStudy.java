package io.coppice.framework.run;

import io.coppice.framework.method.Dense;
import io.coppice.framework.method.Method;
import io.coppice.framework.optimize.Adam;
import io.coppice.framework.recipe.Time;
import io.coppice.framework.training.EpochRow;
import io.coppice.framework.training.LearningRates;
import io.coppice.framework.training.Plan;
import io.coppice.framework.training.Toy;
import io.coppice.framework.training.TrainingRecipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A small study that uses everything a resume must bring back, and what it leaves behind. */
final class ToyStudy {
  private ToyStudy() {}

  static Study of(int examples, int epochs, List<Long> seeds, Method... methods) {
    return new Study(
        "toy",
        new Toy.Rings(examples),
        new Toy.NormalisedMlp(16, 0.2),
        new TrainingRecipe(
            Adam.of(0.01),
            new LearningRates.Plateau(0.5, 1),
            Math.min(50, examples),
            Time.epochs(epochs),
            0,
            0.1),
        List.of(methods),
        seeds);
  }

  static Study small() {
    return of(100, 3, List.of(1L), new Dense(), new Toy.Erosion("erosion", 0.1));
  }

  /** The results without what differs between two runs of one plan: the seconds. */
  static List<RunResult> withoutSeconds(List<RunResult> results) {
    return results.stream().map(ToyStudy::withoutSeconds).toList();
  }

  private static RunResult withoutSeconds(RunResult result) {
    Map<String, Double> metrics = new LinkedHashMap<>(result.metrics());
    metrics.remove("seconds");
    List<EpochRow> epochs = new ArrayList<>();
    for (EpochRow row : result.epochs()) {
      epochs.add(
          new EpochRow(
              row.epoch(),
              row.trainLoss(),
              row.validationLoss(),
              row.validationAccuracy(),
              row.nonzero(),
              row.settled(),
              row.learningRate(),
              0));
    }
    return new RunResult(
        result.method(), result.seed(), result.run(), result.collapse(), metrics, epochs);
  }

  static byte[] model(RunStore store, Plan plan) throws IOException {
    return Files.readAllBytes(store.folder(plan).resolve(RunFolder.MODEL));
  }

  static List<String> files(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
