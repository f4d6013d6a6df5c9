package io.coppice.framework.method.gates;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.coppice.framework.data.DataSource;
import io.coppice.framework.data.Examples;
import io.coppice.framework.data.Parts;
import io.coppice.framework.method.Epoch;
import io.coppice.framework.network.Initialization;
import io.coppice.framework.network.Network;
import io.coppice.framework.network.models.Mlp;
import io.coppice.framework.optimize.Sgd;
import io.coppice.framework.optimize.Updates;
import io.coppice.framework.recipe.Time;
import io.coppice.framework.training.LearningRates;
import io.coppice.framework.training.Plan;
import io.coppice.framework.training.Training;
import io.coppice.framework.training.TrainingRecipe;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Prints where the time of one switcher step on LeNet-300-100, batch 256, goes: smallest and median
 * of 100 steps. {@code mvn test -pl framework -Dtest=SwitcherStepProbe -DexcludedTags=}.
 */
@Tag("slow")
class SwitcherStepProbe {
  private static final int STEPS = 100;
  private final Map<String, double[]> milliseconds = new LinkedHashMap<>();
  private int step;
  private long since;

  @ParameterizedTest
  @EnumSource(Gating.class)
  void report(Gating gating) {
    Switcher recipe = Switcher.repaired(gating, 42_500);
    try (NDManager manager = NDManager.newBaseManager()) {
      Network network =
          Network.initialise(
              new Mlp("lenet300100", List.of(300, 100), true, 0, Initialization.KAIMING_NORMAL),
              new Shape(784),
              10,
              1,
              manager);
      GatedLayers layers = GatedLayers.of(network, gating, List.of());
      List<SwitcherNetwork> switchers = new ArrayList<>();
      List<Updates> updates = new ArrayList<>();
      List<NDArray> patches = new ArrayList<>();
      for (int i = 0; i < layers.count(); i++) {
        SwitcherNetwork switcher =
            new SwitcherNetwork(
                recipe.network(), gating, layers.matrixShape(i), new Random(i), manager);
        switchers.add(switcher);
        updates.add(
            new Updates(new Sgd(0.1, 0.9, false, 0), Map.of("theta", switcher.theta()), manager));
        patches.add(switcher.patches(layers.matrix(i, layers.get(i).weight())));
      }
      NDArray batch = manager.randomNormal(0, 1, new Shape(256, 784), DataType.FLOAT32);
      for (step = 0; step < STEPS; step++) {
        try (NDScope scope = new NDScope()) {
          scope.suppressNotUsedWarning();
          since = System.nanoTime();
          try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            List<RawGates> raw = new ArrayList<>();
            for (int i = 0; i < switchers.size(); i++) {
              NDArray gates = switchers.get(i).gates(patches.get(i), switchers.get(i).theta());
              record("gates of " + layers.get(i).name());
              raw.add(new RawGates(gates));
              record("sums and counts");
            }
            NDArray logits =
                network.forward(
                    batch,
                    true,
                    (layer, weight) -> {
                      int i = layers.position(layer).orElseThrow();
                      NDArray gate = raw.get(i).scaled(true).reshape(layers.gateShape(i));
                      return weight.stopGradient().mul(gate);
                    });
            NDArray loss = logits.logSoftmax(-1).get(":,0").mean().neg();
            loss =
                loss.add(
                    layers.effectiveShare(raw.stream().map(RawGates::effectiveShare).toList()));
            loss.getFloat();
            record("task network and penalty");
            collector.backward(loss);
            record("backward");
          }
          updates.forEach(update -> update.clip(0.1));
          updates.forEach(update -> update.step(1e-6));
          record("clip and update");
        }
      }
    }
    double[] sum = new double[STEPS];
    milliseconds.forEach(
        (part, times) -> {
          for (int i = 0; i < STEPS; i++) {
            sum[i] += times[i];
          }
        });
    milliseconds.put("step", sum);
    milliseconds.forEach(
        (part, times) -> {
          Arrays.sort(times);
          System.out.printf(
              Locale.ROOT,
              "%-12s %-26s %6.2f ms, median %6.2f ms%n",
              gating,
              part,
              times[0],
              times[STEPS / 2]);
        });
  }

  /** What a user waits for: phases of a real run, with their batches, checks and penalties. */
  @ParameterizedTest
  @EnumSource(Gating.class)
  void phase(Gating gating) {
    Switcher.Phase length = new Switcher.Phase(0, STEPS, 256);
    Plan plan =
        new Plan(
            new Noise(10_000),
            new Mlp("lenet300100", List.of(300, 100), true, 0.1, Initialization.KAIMING_NORMAL),
            new TrainingRecipe(
                new Sgd(0.05, 0.9, false, 0),
                new LearningRates.Constant(),
                64,
                Time.epochs(40),
                0,
                0),
            Switcher.repaired(gating, 42_500).phase(length),
            1);
    try (Training training = new Training(plan, plan.data().load())) {
      double[] perStep = new double[5];
      training.sparsifier().beforeEpoch(new Epoch(0, 40));
      for (int i = 0; i < perStep.length; i++) {
        long start = System.nanoTime();
        training.sparsifier().beforeEpoch(new Epoch(i + 1, 40));
        perStep[i] = (System.nanoTime() - start) / 1e6 / STEPS;
      }
      Arrays.sort(perStep);
      System.out.printf(
          Locale.ROOT,
          "%-12s %-26s %6.2f ms, median %6.2f ms%n",
          gating,
          "phase, per step",
          perStep[0],
          perStep[perStep.length / 2]);
    }
  }

  private record Noise(int count) implements DataSource {
    @Override
    public String name() {
      return "noise";
    }

    @Override
    public Parts load() {
      return new Parts(10, part(count, 1), part(100, 2), () -> part(100, 3));
    }

    private static Examples part(int count, long seed) {
      Random random = new Random(seed);
      float[] features = new float[784 * count];
      for (int i = 0; i < features.length; i++) {
        features[i] = (float) random.nextGaussian();
      }
      return new Examples(features, random.ints(count, 0, 10).toArray(), new Shape(784));
    }
  }

  private void record(String part) {
    long now = System.nanoTime();
    milliseconds.computeIfAbsent(part, name -> new double[STEPS])[step] += (now - since) / 1e6;
    since = now;
  }
}
