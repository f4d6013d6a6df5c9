package io.coppice.engines.sparse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.coppice.engines.pytorch.PyTorchSupport;
import io.coppice.framework.optimize.Adam;
import io.coppice.framework.optimize.Optimizer;
import io.coppice.framework.optimize.Sgd;
import io.coppice.framework.optimize.Slot;
import io.coppice.framework.optimize.Updates;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Optimisers on the engine's tensors by the native steps, against the portable rules. */
class NativeUpdatesTest {
  private static final int STEPS = 7;

  /** 77 weights, no multiple of a vector. */
  private static final Shape SHAPE = new Shape(7, 11);

  @BeforeEach
  void needsTheNativeLibrary() {
    NativeMachine.best();
    new PyTorchSupport().start();
  }

  static Stream<Optimizer> rules() {
    return Stream.of(
        new Sgd(0.1, 0, false, 0),
        new Sgd(0.1, 0.9, false, 0.01),
        new Sgd(0.1, 0.9, true, 0.01),
        Adam.of(0.01),
        new Adam(0.01, 0.9, 0.99, 1e-8, 0.05, false),
        new Adam(0.01, 0.9, 0.99, 1e-8, 0.05, true));
  }

  @Test
  void serveTensorsOfTheHost() {
    try (NDManager manager = NDManager.newBaseManager()) {
      Slot slot = new Slot(manager.ones(SHAPE), manager.zeros(SHAPE), List.of());
      Sgd rule = new Sgd(0.1, 0, false, 0);
      String chosen =
          new PyTorchSupport()
              .jointUpdate(rule, List.of(slot))
              .orElseThrow()
              .getClass()
              .getSimpleName();
      assertEquals("HostUpdate", chosen);
    }
  }

  @ParameterizedTest
  @MethodSource("rules")
  void moveAsThePortableRulesDo(Optimizer rule) {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray weight = manager.randomNormal(SHAPE);
      NDArray bias = manager.zeros(new Shape(3));
      NDArray expected = weight.duplicate();
      List<NDArray> memories = Stream.generate(weight::zerosLike).limit(rule.memories()).toList();
      try (Updates updates = updates(rule, Map.of("weight", weight, "bias", bias), manager)) {
        for (int step = 1; step <= STEPS; step++) {
          NDArray gradient = manager.randomNormal(SHAPE);
          gradient.copyTo(updates.gradient("weight"));
          rule.update(expected, gradient, memories, 0.05, step);
          updates.step(0.05);
          assertArrayEquals(new float[77], updates.gradient("weight").toFloatArray());
        }
        assertArrayEquals(expected.toFloatArray(), weight.toFloatArray(), 1e-6f);
        for (int i = 0; i < memories.size(); i++) {
          assertArrayEquals(
              memories.get(i).toFloatArray(),
              updates.memories("weight").get(i).toFloatArray(),
              1e-6f);
        }
        assertEquals(rule.memories(), updates.memories("weight").size());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("rules")
  void moveNothingUnderTheMask(Optimizer rule) {
    try (NDManager manager = NDManager.newBaseManager()) {
      float[] kept = new float[77];
      for (int i = 0; i < kept.length; i++) {
        kept[i] = i % 3 == 0 ? 0 : 1;
      }
      NDArray mask = manager.create(kept, SHAPE);
      NDArray weight = manager.randomNormal(SHAPE).mul(mask).addi(0);
      NDArray expected = weight.duplicate();
      List<NDArray> memories = Stream.generate(weight::zerosLike).limit(rule.memories()).toList();
      try (Updates updates = updates(rule, Map.of("weight", weight), manager)) {
        updates.hold("weight", mask);
        for (int step = 1; step <= STEPS; step++) {
          NDArray gradient = manager.randomNormal(SHAPE);
          gradient.copyTo(updates.gradient("weight"));
          rule.update(expected, gradient.mul(mask), memories, 0.05, step);
          updates.step(0.05);
        }
        assertArrayEquals(expected.toFloatArray(), weight.toFloatArray(), 1e-6f);
        assertZeroUnder(kept, weight);
        updates.memories("weight").forEach(memory -> assertZeroUnder(kept, memory));
      }
    }
  }

  /** Their bits are those of +0, so that files and hashes of removed weights do not vary. */
  private static void assertZeroUnder(float[] mask, NDArray array) {
    float[] numbers = array.toFloatArray();
    for (int i = 0; i < mask.length; i++) {
      if (mask[i] == 0) {
        assertEquals(0, Float.floatToRawIntBits(numbers[i]));
      }
    }
  }

  @Test
  void followTensorsWhoseMemoryWasReplaced() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray weight = manager.zeros(new Shape(3));
      NDArray mask = manager.ones(new Shape(3));
      try (Updates updates = updates(new Sgd(1, 0, false, 0), Map.of("weight", weight), manager)) {
        updates.hold("weight", mask);
        updates.step(1);
        weight.set(new float[] {1, 2, 3});
        mask.set(FloatBuffer.wrap(new float[] {1, 1, 0}));
        updates.gradient("weight").set(new float[] {0.5f, 0.25f, 1});
        updates.step(1);
        assertArrayEquals(new float[] {0.5f, 1.75f, 0}, weight.toFloatArray());
      }
    }
  }

  /** The joint norm of (3, 4) is 5; the 12 is held. */
  @Test
  void clipWhatIsNotHeld() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray a = manager.zeros(new Shape(2));
      NDArray b = manager.zeros(new Shape(1));
      try (Updates updates = updates(new Sgd(1, 0, false, 0), Map.of("a", a, "b", b), manager)) {
        updates.hold("a", manager.create(new float[] {1, 0}));
        updates.gradient("a").set(new float[] {3, 12});
        updates.gradient("b").set(new float[] {4});
        updates.clip(1);
        updates.step(1);
        assertArrayEquals(new float[] {-0.6f, 0}, a.toFloatArray(), 1e-6f);
        assertArrayEquals(new float[] {-0.8f}, b.toFloatArray(), 1e-6f);
      }
    }
  }

  @Test
  void holdUnderTwoMasks() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray weight = manager.zeros(new Shape(3));
      NDArray first = manager.create(new float[] {0, 1, 1});
      NDArray second = manager.create(new float[] {1, 0, 1});
      try (Updates updates = updates(new Sgd(1, 0, false, 0), Map.of("weight", weight), manager)) {
        for (int step = 1; step <= 2; step++) {
          updates.gradient("weight").set(new float[] {1, 1, 1});
          updates.hold("weight", first);
          updates.hold("weight", second);
          updates.step(1);
          assertArrayEquals(new float[] {0, 0, -step}, weight.toFloatArray());
        }
      }
    }
  }

  private static Updates updates(
      Optimizer rule, Map<String, NDArray> parameters, NDManager manager) {
    return new Updates(rule, new TreeMap<>(parameters), manager);
  }
}
