package io.coppice.engines.sparse.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.coppice.framework.ops.FloatMemory;
import io.coppice.framework.ops.Floats;
import io.coppice.framework.optimize.Adam;
import io.coppice.framework.optimize.EngineSupport;
import io.coppice.framework.optimize.Optimizer;
import io.coppice.framework.optimize.Sgd;
import io.coppice.framework.optimize.StepArguments;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The optimisers' kernels, run by {@link EmulatedDevice}, against the rules on the engine. */
class CudaStepsTest {
  private static final int COUNT = 301;
  private static final double RATE = 0.05;

  private CudaSteps steps;
  private FloatMemory memory;

  static Optimizer[] rules() {
    return new Optimizer[] {
      new Sgd(RATE, 0, false, 0),
      new Sgd(RATE, 0.9, false, 0.01),
      new Sgd(RATE, 0.9, true, 0.01),
      Adam.of(RATE),
      new Adam(RATE, 0.9, 0.99, 1e-8, 0.05, false),
      new Adam(RATE, 0.9, 0.99, 1e-8, 0.05, true)
    };
  }

  @BeforeEach
  void start() {
    CudaOps ops = new CudaOps(new EmulatedDevice(1, true), "emulated");
    steps = ops.steps();
    memory = ops.memory();
  }

  private static float[] normal(Random random) {
    float[] numbers = new float[COUNT];
    for (int i = 0; i < COUNT; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }

  @ParameterizedTest
  @MethodSource("rules")
  void areTheRules(Optimizer rule) {
    EngineSupport.find().start();
    Random random = new Random(8);
    float[] begin = normal(random);
    Floats w = memory.copyOf(begin);
    List<Floats> memories = new ArrayList<>();
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray expected = manager.create(begin);
      List<NDArray> expectedMemories = new ArrayList<>();
      for (int i = 0; i < rule.memories(); i++) {
        memories.add(memory.copyOf(new float[COUNT]));
        expectedMemories.add(manager.create(new float[COUNT]));
      }
      for (int step = 1; step <= 3; step++) {
        float[] gradient = normal(random);
        Floats g = memory.copyOf(gradient);
        rule.update(expected, manager.create(gradient), expectedMemories, RATE, step);
        steps.step(new StepArguments(rule, RATE, step, w, g, memories, Floats.NONE));
        assertArrayEquals(new float[COUNT], memory.read(g));
      }
      assertArrayEquals(expected.toFloatArray(), memory.read(w), 1e-5f);
      for (int i = 0; i < memories.size(); i++) {
        float[] kept = expectedMemories.get(i).toFloatArray();
        assertArrayEquals(kept, memory.read(memories.get(i)), 1e-5f);
      }
    }
  }

  /** v = 0.5 · 2 + 3 + 0.1 · 10 = 5, w = 10 − 0.1 · 5. */
  @Test
  void moveNothingWhereTheMaskIsZero() {
    Floats w = memory.copyOf(10, 10);
    Floats g = memory.copyOf(3, 3);
    Floats v = memory.copyOf(2, 2);
    steps.step(
        new StepArguments(
            new Sgd(1, 0.5, false, 0.1), 0.1, 1, w, g, List.of(v), memory.copyOf(1, 0)));
    assertArrayEquals(new float[] {9.5f, 0}, memory.read(w), 1e-6f);
    assertArrayEquals(new float[] {5, 0}, memory.read(v), 1e-6f);
    assertArrayEquals(new float[] {0, 0}, memory.read(g));
  }

  @Test
  void refuseWhatDoesNotFit() {
    Floats two = memory.copyOf(1, 2);
    Floats one = memory.copyOf(1);
    Sgd rule = new Sgd(1, 0.5, false, 0);
    assertRefused("gradients has 1 floats; allowed: 2", rule, two, one, List.of(two));
    assertRefused("memories are 0; allowed: 1", rule, two, two, List.of());
    assertRefused(
        "gradients is on cpu(); allowed: gpu(0)", rule, two, Floats.copyOf(1, 2), List.of(two));
  }

  private void assertRefused(
      String sentence, Optimizer rule, Floats w, Floats g, List<Floats> memories) {
    Exception refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> steps.step(new StepArguments(rule, 0.1, 1, w, g, memories, Floats.NONE)));
    assertEquals(sentence, refusal.getMessage());
  }
}
