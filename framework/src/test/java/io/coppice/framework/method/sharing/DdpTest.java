package io.coppice.framework.method.sharing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.coppice.framework.method.pruning.SteppedRun;
import io.coppice.framework.network.Layer;
import io.coppice.framework.recipe.RecipeException;
import io.coppice.framework.recipe.Time;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DdpTest {
  private static final Ddp RECIPE = Ddp.of(1).probability(0.5).decimals(2).phase(Time.steps(10));

  private static float[] weights(SteppedRun run, String layer) {
    return run.network().layer(layer).weight().toFloatArray();
  }

  private static long zeros(float[] weights) {
    long zeros = 0;
    for (float weight : weights) {
      zeros += weight == 0 ? 1 : 0;
    }
    return zeros;
  }

  @Test
  void aTenthOfEachLayerStartsAtZero() {
    try (SteppedRun run = new SteppedRun(Ddp.of(1).zeros(0.5).phase(Time.steps(5)), 1)) {
      assertEquals(96, zeros(weights(run, "fc1")), 25);
      assertEquals(64, zeros(weights(run, "fc2")), 20);
    }
  }

  /** The steps 10 to 19 are tied, 20 to 29 are not, 30 to 39 are the last phase. */
  @Test
  void tiedWeightsMoveTogetherAndZerosStay() {
    try (SteppedRun run = new SteppedRun(RECIPE, 1)) {
      run.train(0, 11);
      Map<String, float[]> tied = new HashMap<>();
      run.network().layers().forEach(l -> tied.put(l.name(), weights(run, l.name())));
      assertTrue(zeros(tied.get("fc1")) > 25, "zeros: " + zeros(tied.get("fc1")));
      run.train(11, 20);
      for (Layer layer : run.network().layers()) {
        assertSamePartition(tied.get(layer.name()), weights(run, layer.name()));
      }
      assertTrue(!run.sparsifier().settled());
      run.train(20, 31);
      long left = zeros(weights(run, "fc1"));
      assertTrue(run.sparsifier().settled());
      run.train(31, 40);
      assertEquals(left, zeros(weights(run, "fc1")));
    }
  }

  /** Equal before is equal after, and 0 is 0 after; something has moved. */
  private static void assertSamePartition(float[] before, float[] after) {
    Map<Float, Float> moved = new HashMap<>();
    boolean any = false;
    for (int i = 0; i < before.length; i++) {
      float expected = moved.computeIfAbsent(before[i], value -> Float.NaN);
      if (Float.isNaN(expected)) {
        moved.put(before[i], after[i]);
        expected = after[i];
      }
      assertEquals(expected, after[i], 1e-6f);
      any |= before[i] != after[i];
    }
    assertEquals(0f, moved.getOrDefault(0f, 0f));
    assertTrue(any);
  }

  /** The mean of a group's gradients is 2 for the group of {1, 3}; the zeros get none. */
  @Test
  void aGroupGetsTheMeanOfItsGradients() {
    try (SteppedRun run = new SteppedRun(RECIPE, 1)) {
      NDManager manager = run.manager();
      Ties ties = new Ties(new Shape(5), manager);
      ties.tie(manager.create(new float[] {0.5f, 0, 0.5f, -0.0f, 0.7f}));
      NDArray gradient = manager.create(new float[] {1, 9, 3, 9, 4});
      ties.average(gradient);
      assertArrayEquals(new float[] {2, 0, 2, 0, 4}, gradient.toFloatArray());
    }
  }

  @Test
  void theSmallLayersArePulledByTheSquareOfTheirShare() {
    Ddp only = Ddp.of(2).probability(1).zeros(0).decimals(7).phase(Time.steps(30));
    try (SteppedRun run = new SteppedRun(only, 1);
        SteppedRun free = new SteppedRun(only.probability(1e-12), 1)) {
      run.train(0, 1);
      free.train(0, 1);
      float[] expected = weights(free, "fc3");
      Pull.apply(expected, 0.05 * 2 * Math.pow(32.0 / 192, 2), 7);
      assertArrayEquals(expected, weights(run, "fc3"));
    }
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThrows(RecipeException.class, () -> Ddp.of(0));
    assertThrows(RecipeException.class, () -> new SteppedRun(Ddp.of(1).layers("fc9"), 1).close());
    assertThrows(
        RecipeException.class, () -> new SteppedRun(Ddp.of(1).phase(Time.steps(40)), 1).close());
    assertEquals("ddp λ=0.5", Ddp.of(0.5).name());
  }
}
