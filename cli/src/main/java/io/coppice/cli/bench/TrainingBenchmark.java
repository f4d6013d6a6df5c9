package io.coppice.cli.bench;

import io.coppice.framework.data.Parts;
import io.coppice.framework.method.Dense;
import io.coppice.framework.method.Method;
import io.coppice.framework.method.growth.RigL;
import io.coppice.framework.method.growth.SetMethod;
import io.coppice.framework.method.pruning.Magnitude;
import io.coppice.framework.method.pruning.Pruner;
import io.coppice.framework.network.models.LeNet300100;
import io.coppice.framework.optimize.Sgd;
import io.coppice.framework.recipe.Time;
import io.coppice.framework.sparsity.Allocation;
import io.coppice.framework.sparsity.Granularity;
import io.coppice.framework.sparsity.Schedule;
import io.coppice.framework.training.LearningRates;
import io.coppice.framework.training.Plan;
import io.coppice.framework.training.Training;
import io.coppice.framework.training.TrainingRecipe;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.commons.math3.stat.descriptive.rank.Median;

/**
 * Times an epoch of LeNet-300-100, 937 steps of 64 on one thread: dense, PyTorch eager and masked
 * methods in turn, so that all meet the same machine; then watches resident memory over a long
 * dense training. Topologies are set in the warm-up epoch and stay, so that steps alone are timed.
 */
final class TrainingBenchmark {
  private static final int EXAMPLES = 60_000;
  private static final double KEEP = 0.1;

  /** Rewired once, in the warm-up epoch of 937 steps. */
  private static final Time EVERY = Time.steps(600);

  private static final Time UNTIL = Time.steps(900);

  private static final int MEMORY_WARM_UP = 5;

  /**
   * What was measured, keyed as the JSON file is.
   *
   * @param pytorch_epoch_seconds null where there is no PyTorch
   * @param masked_overhead a method's epoch over the dense epoch of the same round, the median
   */
  record Figures(
      double dense_epoch_seconds,
      Double pytorch_epoch_seconds,
      Double pytorch_ratio,
      Map<String, Double> masked_overhead,
      double rss_start_mib,
      double rss_end_mib,
      int rounds,
      int memory_epochs,
      String pytorch,
      Map<String, String> machine) {}

  private final int rounds;
  private final int memoryEpochs;
  private final Consumer<String> progress;

  TrainingBenchmark(int rounds, int memoryEpochs, Consumer<String> progress) {
    this.rounds = rounds;
    this.memoryEpochs = memoryEpochs;
    this.progress = progress;
  }

  Figures run() throws IOException {
    Map<String, Training> trainings = new LinkedHashMap<>();
    Map<String, List<Double>> seconds = new LinkedHashMap<>();
    List<Double> peerSeconds = new ArrayList<>();
    Parts parts = new NoiseDigits(EXAMPLES).load();
    Optional<PyTorchPeer> peer = PyTorchPeer.start();
    String version = peer.map(PyTorchPeer::version).orElse("absent: not compared");
    progress.accept(version);
    try {
      methods()
          .forEach(
              (name, method) -> {
                trainings.put(name, new Training(plan(method, rounds + 1), parts));
                seconds.put(name, new ArrayList<>());
              });
      for (int round = 0; round <= rounds; round++) {
        for (Map.Entry<String, Training> entry : trainings.entrySet()) {
          double taken = entry.getValue().nextEpoch().seconds();
          if (round > 0) {
            seconds.get(entry.getKey()).add(taken);
          }
        }
        if (peer.isPresent()) {
          double taken = peer.get().epochSeconds();
          if (round > 0) {
            peerSeconds.add(taken);
          }
        }
        progress.accept(round == 0 ? "warmed up" : "round " + round + " of " + rounds);
      }
    } finally {
      trainings.values().forEach(Training::close);
      if (peer.isPresent()) {
        peer.get().close();
      }
    }
    double[] memory = residentMemory(parts);
    List<Double> dense = seconds.remove("dense");
    Map<String, Double> overheads = new LinkedHashMap<>();
    seconds.forEach((name, own) -> overheads.put(name, medianRatio(own, dense)));
    Map<String, String> machine = Machine.describe();
    machine.put("threads", "1");
    return new Figures(
        median(dense),
        peerSeconds.isEmpty() ? null : median(peerSeconds),
        peerSeconds.isEmpty() ? null : medianRatio(dense, peerSeconds),
        overheads,
        memory[0],
        memory[1],
        rounds,
        memoryEpochs,
        version,
        machine);
  }

  private static Map<String, Method> methods() {
    Map<String, Method> methods = new LinkedHashMap<>();
    methods.put("dense", new Dense());
    methods.put(
        "magnitude",
        new Pruner(
            new Magnitude(),
            new Granularity.Unstructured(),
            new Allocation.Uniform(),
            new Schedule.OneShot(Time.steps(0)),
            KEEP));
    methods.put("rigl", new RigL(KEEP, new Allocation.ErdosRenyiKernel(), 0.3, EVERY, UNTIL));
    methods.put("set", new SetMethod(KEEP, new Allocation.ErdosRenyiKernel(), 0.3, EVERY, UNTIL));
    return methods;
  }

  private static Plan plan(Method method, int epochs) {
    return new Plan(
        new NoiseDigits(EXAMPLES),
        new LeNet300100(),
        new TrainingRecipe(
            new Sgd(0.01, 0.9, false, 0),
            new LearningRates.Constant(),
            64,
            Time.epochs(epochs),
            0,
            0),
        method,
        1);
  }

  private double[] residentMemory(Parts parts) {
    double start = 0;
    try (Training training =
        new Training(plan(new Dense(), memoryEpochs + MEMORY_WARM_UP), parts)) {
      for (int epoch = 1; !training.done(); epoch++) {
        training.nextEpoch();
        if (epoch == MEMORY_WARM_UP) {
          start = Machine.residentMib();
        }
        if (epoch % 10 == 0) {
          progress.accept("memory: epoch " + epoch + " of " + (memoryEpochs + MEMORY_WARM_UP));
        }
      }
      return new double[] {start, Machine.residentMib()};
    }
  }

  private static double medianRatio(List<Double> times, List<Double> reference) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < times.size(); i++) {
      ratios.add(times.get(i) / reference.get(i));
    }
    return median(ratios);
  }

  private static double median(List<Double> values) {
    return new Median().evaluate(values.stream().mapToDouble(v -> v).toArray());
  }
}
