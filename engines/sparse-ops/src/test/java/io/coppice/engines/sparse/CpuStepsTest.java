package io.coppice.engines.sparse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.Device;
import io.coppice.framework.ops.Floats;
import io.coppice.framework.optimize.Adam;
import io.coppice.framework.optimize.FusedSteps;
import io.coppice.framework.optimize.Optimizer;
import io.coppice.framework.optimize.Sgd;
import io.coppice.framework.optimize.StepArguments;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CpuStepsTest {
  /** More than what is split over threads, and no multiple of a vector. */
  private static final int COUNT = (1 << 16) + 13;

  private static final Floats NONE = Floats.NONE;

  static List<Isa> instructionSets() {
    return NativeMachine.instructionSets();
  }

  static Sgd[] sgdRules() {
    return new Sgd[] {
      new Sgd(0.1, 0, false, 0), new Sgd(0.1, 0.9, false, 0.01), new Sgd(0.1, 0.9, true, 0.01)
    };
  }

  static Adam[] adamRules() {
    return new Adam[] {
      Adam.of(0.01),
      new Adam(0.01, 0.9, 0.99, 1e-8, 0.05, false),
      new Adam(0.01, 0.9, 0.99, 1e-8, 0.05, true)
    };
  }

  /** v = 0.5 · 2 + 3 + 0.1 · 10 = 5, w = 10 − 0.1 · 5, with Nesterov 10 − 0.1 · (4 + 0.5 · 5). */
  @ParameterizedTest
  @MethodSource("instructionSets")
  void descendsByHand(Isa isa) {
    FusedSteps steps = new CpuOps(isa).steps();
    Floats w = Memory.of(10, 10);
    Floats g = Memory.of(3, 3);
    Floats v = Memory.of(2, 2);
    steps.step(
        new StepArguments(new Sgd(1, 0.5, false, 0.1), 0.1, 1, w, g, List.of(v), Memory.of(1, 0)));
    assertArrayEquals(new float[] {9.5f, 0}, w.toArray(), 1e-6f);
    assertArrayEquals(new float[] {5, 0}, v.toArray(), 1e-6f);
    assertArrayEquals(new float[] {0, 0}, g.toArray());
    Floats nesterov = Memory.of(10);
    steps.step(
        new StepArguments(
            new Sgd(1, 0.5, true, 0.1),
            0.1,
            1,
            nesterov,
            Memory.of(3),
            List.of(Memory.of(2)),
            NONE));
    assertArrayEquals(new float[] {9.35f}, nesterov.toArray(), 1e-6f);
  }

  @ParameterizedTest
  @MethodSource("sgdRules")
  void descendsByTheRule(Sgd rule) {
    for (Isa isa : instructionSets()) {
      Random random = new Random(4);
      Floats parameters = Memory.normal(COUNT, random);
      List<Floats> velocities =
          Stream.generate(() -> Memory.of(new float[COUNT])).limit(rule.memories()).toList();
      double[] w = doubles(parameters);
      double[] v = new double[COUNT];
      for (int step = 0; step < 3; step++) {
        Floats gradients = Memory.normal(COUNT, random);
        double[] g = doubles(gradients);
        for (int i = 0; i < COUNT; i++) {
          double slope = g[i] + rule.weightDecay() * w[i];
          v[i] = rule.momentum() * v[i] + slope;
          w[i] -= 0.1 * (rule.nesterov() ? slope + rule.momentum() * v[i] : v[i]);
        }
        new CpuOps(isa)
            .steps()
            .step(new StepArguments(rule, 0.1, step + 1, parameters, gradients, velocities, NONE));
        assertArrayEquals(new float[COUNT], gradients.toArray());
      }
      assertArrayEquals(w, doubles(parameters), 1e-5);
      for (Floats velocity : velocities) {
        assertArrayEquals(v, doubles(velocity), 1e-5);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("adamRules")
  void adaptsByTheRule(Adam rule) {
    for (Isa isa : instructionSets()) {
      Random random = new Random(5);
      Floats parameters = Memory.normal(COUNT, random);
      Floats means = Memory.of(new float[COUNT]);
      Floats squares = Memory.of(new float[COUNT]);
      float[] kept = new float[COUNT];
      for (int i = 0; i < COUNT; i++) {
        kept[i] = random.nextInt(2);
      }
      Floats mask = Memory.of(kept);
      double[] w = doubles(parameters);
      double[] m = new double[COUNT];
      double[] s = new double[COUNT];
      for (int step = 1; step <= 3; step++) {
        Floats gradients = Memory.normal(COUNT, random);
        double[] g = doubles(gradients);
        for (int i = 0; i < COUNT; i++) {
          double slope = g[i] + (rule.decoupled() ? 0 : rule.weightDecay() * w[i]);
          m[i] = kept[i] * (rule.beta1() * m[i] + (1 - rule.beta1()) * slope);
          s[i] = kept[i] * (rule.beta2() * s[i] + (1 - rule.beta2()) * slope * slope);
          double mean = m[i] / (1 - Math.pow(rule.beta1(), step));
          double root = Math.sqrt(s[i] / (1 - Math.pow(rule.beta2(), step)));
          double left = rule.decoupled() ? w[i] * (1 - 0.01 * rule.weightDecay()) : w[i];
          w[i] = kept[i] * (left - 0.01 * mean / (root + rule.epsilon()));
        }
        new CpuOps(isa)
            .steps()
            .step(
                new StepArguments(
                    rule, 0.01, step, parameters, gradients, List.of(means, squares), mask));
        assertArrayEquals(new float[COUNT], gradients.toArray());
      }
      assertArrayEquals(w, doubles(parameters), 1e-5);
      assertArrayEquals(m, doubles(means), 1e-5);
      assertArrayEquals(s, doubles(squares), 1e-5);
    }
  }

  private static double[] doubles(Floats floats) {
    float[] numbers = floats.toArray();
    double[] doubles = new double[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      doubles[i] = numbers[i];
    }
    return doubles;
  }

  static Stream<Arguments> rulesOfInstructionSets() {
    return instructionSets().stream()
        .flatMap(
            isa ->
                Stream.concat(Stream.of(sgdRules()), Stream.of(adamRules()))
                    .map(rule -> Arguments.of(isa, rule)));
  }

  @ParameterizedTest
  @MethodSource("rulesOfInstructionSets")
  void givesTheSameBitsOnAnyNumberOfThreads(Isa isa, Optimizer rule) {
    int threads = SparseLibrary.coppice_threads();
    try {
      float[][] one = moved(isa, rule, 1);
      assertArrayEquals(one, moved(isa, rule, 2));
      assertArrayEquals(one, moved(isa, rule, 5));
    } finally {
      SparseLibrary.coppice_set_threads(threads);
    }
  }

  /** The parameters and what the rule remembers, after two steps. */
  private static float[][] moved(Isa isa, Optimizer rule, int threads) {
    SparseLibrary.coppice_set_threads(threads);
    Random random = new Random(6);
    List<Floats> kept = new ArrayList<>(List.of(Memory.normal(COUNT, random)));
    for (int i = 0; i < rule.memories(); i++) {
      kept.add(Memory.of(new float[COUNT]));
    }
    for (int step = 1; step <= 2; step++) {
      Floats gradients = Memory.normal(COUNT, random);
      List<Floats> memories = kept.subList(1, kept.size());
      new CpuOps(isa)
          .steps()
          .step(new StepArguments(rule, 0.01, step, kept.get(0), gradients, memories, NONE));
    }
    return kept.stream().map(Floats::toArray).toArray(float[][]::new);
  }

  @Test
  void refusesWhatDoesNotFit() {
    FusedSteps steps = NativeMachine.best().steps();
    Floats two = Memory.of(1, 2);
    Floats one = Memory.of(1);
    Sgd momentum = new Sgd(1, 0.5, false, 0);
    Sgd plain = new Sgd(1, 0, false, 0);
    Adam adam = Adam.of(1);
    Floats there = new Floats(4096, 2, Device.gpu(), null);
    assertRefused(
        "step", () -> steps.step(new StepArguments(plain, 1, 0, two, two, List.of(), NONE)));
    assertRefused(
        "parameters",
        () -> steps.step(new StepArguments(plain, 1, 1, there, two, List.of(), NONE)));
    assertRefused(
        "parameters",
        () ->
            steps.step(
                new StepArguments(plain, 1, 1, new Floats(0, 2, null), two, List.of(), NONE)));
    assertRefused(
        "gradients", () -> steps.step(new StepArguments(plain, 1, 1, two, there, List.of(), NONE)));
    assertRefused(
        "memories",
        () -> steps.step(new StepArguments(momentum, 1, 1, two, two, List.of(there), NONE)));
    assertRefused(
        "mask", () -> steps.step(new StepArguments(plain, 1, 1, two, two, List.of(), there)));
    assertRefused(
        "gradients", () -> steps.step(new StepArguments(plain, 1, 1, two, one, List.of(), NONE)));
    assertRefused(
        "memories", () -> steps.step(new StepArguments(momentum, 1, 1, two, two, List.of(), NONE)));
    assertRefused(
        "memories", () -> steps.step(new StepArguments(plain, 1, 1, two, two, List.of(two), NONE)));
    assertRefused(
        "mask", () -> steps.step(new StepArguments(plain, 1, 1, two, two, List.of(), one)));
    assertRefused(
        "memories",
        () -> steps.step(new StepArguments(adam, 1, 1, two, two, List.of(one, two), NONE)));
    assertRefused(
        "memories",
        () -> steps.step(new StepArguments(adam, 1, 1, two, two, List.of(two, NONE), NONE)));
  }

  private static void assertRefused(String argument, Runnable call) {
    String message = assertThrows(IllegalArgumentException.class, call::run).getMessage();
    assertEquals(argument, message.substring(0, message.indexOf(' ')), message);
  }
}
