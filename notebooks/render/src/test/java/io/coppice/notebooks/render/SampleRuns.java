package io.coppice.notebooks.render;

import io.coppice.framework.results.Results;
import io.coppice.framework.run.RunResult;
import io.coppice.framework.run.RunState;
import io.coppice.framework.run.StudyState;
import io.coppice.framework.training.EpochRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** Runs that ended well and badly, and are still at work. */
final class SampleRuns {
  static final int EPOCHS = 40;
  static final String LONG =
      "magnitude global block 16×1 keep 0.16 cubic from 2 epochs <b>until</b> 70 %";

  private SampleRuns() {}

  static final List<String> METHODS =
      List.of("dense", "random 20 %", "magnitude global 20 % cubic", "rigl 20 %", LONG, "l0");

  static StudyState running() {
    List<RunState> runs = new ArrayList<>();
    for (long seed = 1; seed <= 3; seed++) {
      for (int m = 0; m < METHODS.size(); m++) {
        String method = METHODS.get(m);
        int place = (int) (METHODS.size() * (seed - 1)) + m;
        List<EpochRow> rows = epochs(0.98 - 0.012 * m, 31 * seed + m, place == 8 ? 23 : EPOCHS);
        runs.add(
            place == 5
                ? new RunState(
                    method, seed, RunState.Stage.COLLAPSED, EPOCHS, 4, rows.subList(0, 4), "")
                : place < 2
                    ? new RunState(
                        method, seed, RunState.Stage.STORED, EPOCHS, EPOCHS, rows, "97.91 %")
                    : place < 8
                        ? new RunState(
                            method, seed, RunState.Stage.FINISHED, EPOCHS, EPOCHS, rows, "96.20 %")
                        : place == 8
                            ? new RunState(
                                method, seed, RunState.Stage.RUNNING, EPOCHS, 23, rows, "")
                            : RunState.waiting(method, seed));
      }
    }
    return new StudyState(
        "An MLP on MNIST-1D, cut to a fifth",
        runs,
        Duration.ofSeconds(95),
        Optional.of(Duration.ofSeconds(118)),
        List.of("l0, seed 1, collapsed: layer fc1 is dead: all of its 784 gates are 0"),
        false);
  }

  static List<EpochRow> epochs(double reached, long seed, int count) {
    Random random = new Random(seed);
    return IntStream.rangeClosed(1, count)
        .mapToObj(
            e ->
                new EpochRow(
                    e,
                    0.02 + 1.1 * Math.exp(-e / 6.0) + 0.01 * random.nextDouble(),
                    0.08 + 0.9 * Math.exp(-e / 5.0) + 0.01 * random.nextDouble(),
                    reached - 0.6 * Math.exp(-e / 4.0) + 0.004 * random.nextGaussian(),
                    53_000,
                    true,
                    0.1,
                    1.1))
        .toList();
  }

  static Results results() {
    List<RunResult> runs = new ArrayList<>();
    for (int m = 0; m < METHODS.size(); m++) {
      for (long seed = 1; seed <= 3; seed++) {
        runs.add(run(METHODS.get(m), seed, m == 0 ? 1 : 0.2 / m));
      }
    }
    return of("LeNet-300-100 on MNIST", runs);
  }

  private static RunResult run(String method, long seed, double keep) {
    double reached =
        0.98 - 0.02 * (1 - keep) + 0.0006 * new Random(seed + method.length()).nextGaussian();
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("accuracy", reached);
    metrics.put("loss", 4 * (1 - reached));
    metrics.put("nonzero", keep * 266_200);
    metrics.put("compression", 1 / keep);
    metrics.put("flops_ratio", 1 / keep);
    metrics.put("seconds", 44.1);
    metrics.put("chosen_epoch", 38.0);
    metrics.put("sparsity_fc1", 1 - keep);
    return new RunResult(
        method, seed, "0123456789abcdef", Optional.empty(), metrics, epochs(reached, seed, EPOCHS));
  }

  static Results of(String study, List<RunResult> runs) {
    return Results.of(
        study,
        runs,
        run -> {
          throw new IllegalStateException("opens nothing");
        });
  }

  /** One method without any finished run, one with a single one. */
  static Results collapsed() {
    List<RunResult> runs = new ArrayList<>();
    for (long seed = 1; seed <= 3; seed++) {
      runs.add(run("dense", seed, 1));
      runs.add(
          seed == 2
              ? run("switcher neurons literal", seed, 0.2)
              : collapse("switcher neurons literal", seed));
      runs.add(collapse(LONG, seed));
    }
    return of("Switcher networks, as printed", runs);
  }

  private static RunResult collapse(String method, long seed) {
    return new RunResult(
        method,
        seed,
        "0123456789abcdef",
        Optional.of("all gates of fc2 are closed after 12 switcher steps of epoch 4"),
        Map.of(),
        epochs(0.4, seed, 3));
  }

  static Results oneSeed() {
    return of("One seed", METHODS.stream().map(method -> run(method, 1, 0.3)).toList());
  }
}
