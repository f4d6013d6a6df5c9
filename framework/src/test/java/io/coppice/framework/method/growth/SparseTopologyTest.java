package io.coppice.framework.method.growth;

import static io.coppice.framework.method.pruning.TinyTraining.MOMENTUM;
import static io.coppice.framework.method.pruning.TinyTraining.mask;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.coppice.framework.method.Method;
import io.coppice.framework.method.pruning.TinyTraining;
import io.coppice.framework.network.Layer;
import io.coppice.framework.optimize.Adam;
import io.coppice.framework.recipe.RecipeException;
import io.coppice.framework.recipe.Time;
import io.coppice.framework.recipe.Timeline;
import io.coppice.framework.sparsity.Allocation.ErdosRenyiKernel;
import io.coppice.framework.sparsity.Allocation.Global;
import io.coppice.framework.sparsity.Allocation.Uniform;
import io.coppice.framework.sparsity.Mask;
import io.coppice.framework.training.Training;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SparseTopologyTest {
  private static final SetMethod SET =
      new SetMethod(0.3, new Uniform(), 0.3, Time.steps(4), Time.percent(100));
  private static final RigL RIGL =
      new RigL(0.3, new Uniform(), 0.5, Time.steps(5), Time.percent(75));

  static List<Method> methods() {
    return List.of(
        StaticSparse.of(0.3),
        new StaticSparse(0.3, new Global()),
        SetMethod.of(0.3),
        SET,
        RIGL,
        new RigL(0.5, new ErdosRenyiKernel(), 1, Time.steps(1), Time.percent(100)));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void everyLayerKeepsItsNumberOfConnectionsAndTheRestIsZero(Method method) {
    for (var optimizer : List.of(MOMENTUM, Adam.of(0.01))) {
      Map<Layer, Integer> counts = new HashMap<>();
      TinyTraining.run(
          method,
          optimizer,
          (step, network, sparsifier) -> {
            TinyTraining.assertRemovedAreZero(step, network, sparsifier);
            assertTrue(sparsifier.settled());
            for (Layer layer : network.layers()) {
              int kept = mask(sparsifier, layer).kept();
              assertEquals(counts.computeIfAbsent(layer, l -> kept), kept);
            }
          });
    }
  }

  /** Uniform 0.3 of 192, 128 and 32 weights: 57.6, 38.4 and 9.6 sum to 105.6. */
  @Test
  void isSparseBeforeTheFirstStep() {
    try (Training training = TinyTraining.of(RIGL, MOMENTUM, 1, (s, n, p) -> {})) {
      List<Integer> kept =
          training.network().layers().stream()
              .map(layer -> mask(training.sparsifier(), layer).kept())
              .toList();
      assertEquals(List.of(58, 38, 10), kept);
      for (Layer layer : training.network().layers()) {
        Mask mask = mask(training.sparsifier(), layer);
        assertEquals(mask, Mask.of(layer.weight()));
      }
    }
  }

  private static TreeSet<Long> changes(Method method) {
    TreeSet<Long> changes = new TreeSet<>();
    Map<Layer, Mask> before = new HashMap<>();
    try (Training training =
        TinyTraining.of(
            method,
            MOMENTUM,
            1,
            (step, network, sparsifier) -> {
              for (Layer layer : network.layers()) {
                Mask now = mask(sparsifier, layer);
                if (!now.equals(before.put(layer, now)) && step.index() > 0) {
                  changes.add(step.index());
                }
              }
            })) {
      while (!training.done()) {
        training.nextEpoch();
      }
    }
    return changes;
  }

  @Test
  void rewiresWhenThePapersSay() {
    assertEquals(List.of(), List.copyOf(changes(StaticSparse.of(0.3))));
    assertEquals(List.of(10L, 20L, 30L), List.copyOf(changes(SetMethod.of(0.3))));
    assertEquals(List.of(5L, 10L, 15L, 20L, 25L), List.copyOf(changes(RIGL)));
  }

  /** α/2 · (1 + cos(π t / T)): half of α at half of T, and α/2 · (1 ∓ √½) at a quarter from it. */
  @Test
  void theReplacedFractionFollowsTheCosine() {
    Rewiring rewiring = RIGL.rewiring(new Timeline(100, 800));
    assertEquals(600, rewiring.until());
    assertEquals(250, rewiring.count(300, 1000));
    assertEquals(426, rewiring.count(150, 1000));
    assertEquals(73, rewiring.count(450, 1000));
    assertFalse(rewiring.due(0));
    assertTrue(rewiring.due(5));
    assertFalse(rewiring.due(6));
    assertFalse(rewiring.due(600));
  }

  @Test
  void rigLDropsTheSmallestAndGrowsWhereTheDenseGradientIsLargest() {
    Map<String, float[]> weights = new HashMap<>();
    Map<String, float[]> gradients = new HashMap<>();
    Map<String, Mask> before = new HashMap<>();
    Rewiring rewiring = RIGL.rewiring(new Timeline(10, 40));
    Method spied =
        TinyTraining.beforeEach(
            RIGL,
            (step, network, sparsifier) -> {
              for (Layer layer : network.layers()) {
                weights.put(layer.name(), layer.weight().abs().toFloatArray());
                gradients.put(layer.name(), step.gradient(layer).abs().toFloatArray());
                before.put(layer.name(), mask(sparsifier, layer));
              }
            });
    TinyTraining.run(
        spied,
        MOMENTUM,
        (step, network, sparsifier) -> {
          for (Layer layer : network.layers()) {
            Mask then = before.get(layer.name());
            int count = rewiring.due(step.index()) ? rewiring.count(step.index(), then.kept()) : 0;
            Mask survivors = then.best(weights.get(layer.name()), then.kept() - count);
            Mask grown = survivors.inverse().best(gradients.get(layer.name()), count);
            assertEquals(survivors.or(grown), mask(sparsifier, layer));
          }
        });
  }

  /** A grown connection ends its step at 0 without memories and learns from the next one on. */
  @Test
  void grownConnectionsStartAtZeroWithoutMemories() {
    Map<String, Mask> before = new HashMap<>();
    Map<String, Mask> grown = new HashMap<>();
    int[] learned = {0};
    TinyTraining.run(
        SET,
        MOMENTUM,
        (step, network, sparsifier) -> {
          for (Layer layer : network.layers()) {
            Mask now = mask(sparsifier, layer);
            Mask then = before.getOrDefault(layer.name(), now);
            float[] weights = layer.weight().toFloatArray();
            float[] velocities = step.optimizerState(layer).get(0).toFloatArray();
            Mask young = grown.get(layer.name());
            for (int i = 0; i < weights.length; i++) {
              if (now.keeps(i) && !then.keeps(i)) {
                assertEquals(0f, weights[i]);
                assertEquals(0f, velocities[i]);
              } else if (young != null && young.keeps(i) && weights[i] != 0) {
                assertEquals(-0.05f * velocities[i], weights[i], 1e-7f);
                learned[0]++;
              }
            }
            grown.put(layer.name(), now.equals(then) ? null : grown(then, now));
            before.put(layer.name(), now);
          }
        });
    assertTrue(learned[0] > 50, () -> learned[0] + " grown connections learned");
  }

  private static Mask grown(Mask then, Mask now) {
    return Mask.at(
        now.shape(), Arrays.stream(now.positions()).filter(i -> !then.keeps(i)).toArray());
  }

  @Test
  void gradientMagnitudeByHand() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray gradient = manager.create(new float[] {-3, 2});
      assertArrayEquals(
          new float[] {3, 2}, new GradientMagnitude().score(gradient, gradient).toFloatArray());
    }
  }

  @Test
  void sameSeedSameTopologies() {
    assertEquals(finalMask(7), finalMask(7));
    assertFalse(finalMask(7).equals(finalMask(8)));
  }

  private static Mask finalMask(long seed) {
    try (Training training = TinyTraining.of(SET, MOMENTUM, seed, (s, n, p) -> {})) {
      while (!training.done()) {
        training.nextEpoch();
      }
      return mask(training.sparsifier(), training.network().layer("fc1"));
    }
  }

  @Test
  void refusesWhatCannotBeRun() {
    assertThrows(RecipeException.class, () -> StaticSparse.of(1));
    assertThrows(RecipeException.class, () -> SetMethod.of(0));
    assertThrows(
        RecipeException.class,
        () -> new RigL(0.1, new Uniform(), 1.5, Time.steps(1), Time.percent(75)));
    for (Method late :
        List.of(
            RigL.of(0.1), // every 100 of 40 steps
            new SetMethod(0.1, new Uniform(), 0.3, Time.steps(1), Time.steps(41)),
            new SetMethod(0.1, new Uniform(), 0.3, Time.steps(0), Time.steps(40)))) {
      assertThrows(
          RecipeException.class, () -> TinyTraining.of(late, MOMENTUM, 1, (s, n, p) -> {}));
    }
  }

  @Test
  void namesTellSiblingsApart() {
    assertEquals("static 5 %", StaticSparse.of(0.05).name());
    assertEquals("set 5 %", SetMethod.of(0.05).name());
    assertEquals("rigl uniform 30 %", RIGL.name());
  }
}
