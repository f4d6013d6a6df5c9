package io.coppice.framework.results;

import io.coppice.framework.run.RunResult;
import io.coppice.framework.training.EpochRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Studies as the store hands them over, with numbers of a plausible size. */
final class Studies {
  static final int WEIGHTS = 266_200;
  static final int EPOCHS = 40;

  private Studies() {}

  /** LeNet-300-100 on MNIST: seven methods, three seeds. */
  static Results mnist() {
    List<RunResult> runs = new ArrayList<>();
    method(runs, "dense", 0.9832, 0.0004, 1);
    method(runs, "random keep 0.16", 0.9741, 0.0009, 0.16);
    method(runs, "magnitude global keep 0.16", 0.9829, 0.0005, 0.16);
    method(runs, "magnitude global keep 0.08", 0.9813, 0.0005, 0.08);
    method(runs, "magnitude global keep 0.03", 0.9786, 0.0007, 0.03);
    method(runs, "rigl keep 0.16", 0.9818, 0.0006, 0.16);
    method(runs, "l0", 0.9807, 0.0010, 0.255);
    method(runs, "switcher connections 42500", 0.9828, 0.0006, 0.16);
    method(runs, "switcher neurons 47700", 0.9779, 0.0011, 0.179);
    for (long seed = 1; seed <= 3; seed++) {
      runs.add(
          collapsed("switcher literal", seed, "layer fc1 is dead: all of its 784 gates are 0"));
    }
    return results("LeNet-300-100 on MNIST", runs);
  }

  static Results results(String study, List<RunResult> runs) {
    return Results.of(
        study,
        runs,
        run -> {
          throw new IllegalStateException("opens " + run.run());
        });
  }

  static void method(
      List<RunResult> runs, String name, double accuracy, double spread, double keep) {
    for (long seed = 1; seed <= 3; seed++) {
      runs.add(run(name, seed, accuracy, spread, keep));
    }
  }

  static RunResult run(String name, long seed, double accuracy, double spread, double keep) {
    Random random = new Random(31 * seed + name.hashCode());
    double reached = accuracy + spread * random.nextGaussian();
    List<EpochRow> epochs = epochs(random, reached + 0.001, keep);
    long nonzero = Math.round(keep * WEIGHTS);
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("accuracy", reached);
    metrics.put("loss", 4.1 * (1 - reached));
    metrics.put("parameters", 266_610.0);
    metrics.put("nonzero", (double) nonzero);
    metrics.put("compression", (double) WEIGHTS / nonzero);
    metrics.put("flops_dense", 532_400.0);
    metrics.put("flops_sparse", 2.0 * nonzero);
    metrics.put("flops_ratio", 532_400.0 / (2.0 * nonzero));
    metrics.put("latency_us", 88 + 4 * random.nextDouble());
    metrics.put("latency_iqr_us", 3.1);
    metrics.put("bytes_dense", 4.0 * 266_610);
    metrics.put("bytes_bitmask", 4.0 * nonzero + 33_275);
    metrics.put("bytes_csr", 8.0 * nonzero + 1644);
    metrics.put("seconds", 41 + 3 * random.nextDouble() + (keep < 1 ? 2 : 0));
    metrics.put("peak_memory_mib", 412.0);
    metrics.put("dead_units", keep < 0.1 ? 21.0 : 0);
    metrics.put("chosen_epoch", (double) EPOCHS - seed);
    metrics.put("sparsity_fc1", 1 - keep * 0.9);
    metrics.put("sparsity_fc2", 1 - Math.min(1, keep * 1.6));
    metrics.put("sparsity_fc3", 1 - Math.min(1, keep * 4));
    return new RunResult(name, seed, hash(random), Optional.empty(), metrics, epochs);
  }

  /** The run with other validation accuracies in some epochs. */
  static RunResult fallen(RunResult run, Map<Integer, Double> accuracies) {
    List<EpochRow> epochs =
        run.epochs().stream()
            .map(
                row ->
                    new EpochRow(
                        row.epoch(),
                        row.trainLoss(),
                        row.validationLoss(),
                        accuracies.getOrDefault(row.epoch(), row.validationAccuracy()),
                        row.nonzero(),
                        row.settled(),
                        row.learningRate(),
                        row.seconds()))
            .toList();
    return new RunResult(
        run.method(), run.seed(), run.run(), run.collapse(), run.metrics(), epochs);
  }

  static RunResult collapsed(String name, long seed, String reason) {
    Random random = new Random(seed);
    List<EpochRow> epochs = epochs(random, 0.5, 1).subList(0, 4);
    return new RunResult(name, seed, hash(random), Optional.of(reason), Map.of(), epochs);
  }

  private static List<EpochRow> epochs(Random random, double reached, double keep) {
    List<EpochRow> epochs = new ArrayList<>();
    for (int epoch = 1; epoch <= EPOCHS; epoch++) {
      double progress = 1 - Math.exp(-epoch / 4.0);
      double dip = keep < 1 && epoch > 8 && epoch < 30 ? 0.004 * Math.sin((epoch - 8) / 7.0) : 0;
      double validation =
          0.9 + (reached - 0.9) * progress - Math.max(0, dip) + 0.0006 * random.nextGaussian();
      double kept = 1 - (1 - keep) * Math.min(1, epoch / 30.0);
      epochs.add(
          new EpochRow(
              epoch,
              0.3 * Math.exp(-epoch / 9.0),
              0.09 - 0.001 * epoch,
              Math.min(1, validation),
              Math.round(kept * WEIGHTS),
              epoch >= 30,
              0.1 * (1 - epoch / (double) EPOCHS),
              1.05));
    }
    return epochs;
  }

  private static String hash(Random random) {
    return "%016x".formatted(random.nextLong());
  }
}
