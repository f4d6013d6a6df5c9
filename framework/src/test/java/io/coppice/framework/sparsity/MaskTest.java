package io.coppice.framework.sparsity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.coppice.framework.recipe.RecipeException;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class MaskTest {

  private static List<Integer> ranking(float[] scores, Mask among) {
    return IntStream.range(0, scores.length)
        .filter(among::keeps)
        .boxed()
        .sorted(
            Comparator.<Integer>comparingDouble(i -> -(scores[i] + 0f))
                .thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  private static void assertKeepsFirst(List<Integer> ranking, int count, Mask mask) {
    assertEquals(count, mask.kept());
    ranking.subList(0, count).forEach(i -> assertTrue(mask.keeps(i)));
  }

  @Property
  void keepsExactlyTheBest(
      @ForAll @Size(min = 1, max = 300) float[] scores, @ForAll Random random) {
    Shape shape = new Shape(scores.length);
    int count = random.nextInt(scores.length + 1);
    Mask mask = Mask.best(shape, scores, count);
    assertKeepsFirst(ranking(scores, Mask.full(shape)), count, mask);
  }

  @Property
  void breaksTiesByIndex(
      @ForAll @Size(min = 1, max = 300) List<@IntRange(min = -1, max = 2) Integer> levels,
      @ForAll Random random) {
    float[] scores = new float[levels.size()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = levels.get(i) == 0 && random.nextBoolean() ? -0f : levels.get(i);
    }
    Shape shape = new Shape(scores.length);
    Mask some = Mask.best(shape, randoms(scores.length, random), random.nextInt(scores.length + 1));
    int count = random.nextInt(some.kept() + 1);
    Mask mask = some.best(scores, count);
    assertKeepsFirst(ranking(scores, some), count, mask);
  }

  private static float[] randoms(int length, Random random) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return values;
  }

  @Test
  void ranksInfinitiesAndTinyNumbers() {
    float[] scores = {
      Float.NEGATIVE_INFINITY, -Float.MIN_VALUE, 0, Float.MIN_VALUE, Float.POSITIVE_INFINITY
    };
    for (int count = 0; count <= 5; count++) {
      float[] expected = new float[5];
      java.util.Arrays.fill(expected, 5 - count, 5, 1);
      assertArrayEquals(expected, Mask.best(new Shape(5), scores, count).values());
    }
  }

  @Test
  void isExactAtTheSizeOfALargeLayer() {
    float[] scores = randoms(4_000_000, new Random(1));
    Mask mask = Mask.best(new Shape(2000, 2000), scores, 123_457);
    float worstKept = Float.POSITIVE_INFINITY;
    float bestRemoved = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < scores.length; i++) {
      if (mask.keeps(i)) {
        worstKept = Math.min(worstKept, scores[i]);
      } else {
        bestRemoved = Math.max(bestRemoved, scores[i]);
      }
    }
    assertEquals(123_457, mask.kept());
    assertTrue(worstKept >= bestRemoved);
  }

  @Test
  void refusesWhatCannotBeRankedOrKept() {
    Shape shape = new Shape(3);
    float[] scores = {1, Float.NaN, 2};
    assertThrows(IllegalArgumentException.class, () -> Mask.best(shape, scores, 1));
    assertThrows(RecipeException.class, () -> Mask.best(shape, new float[3], 4));
    assertThrows(RecipeException.class, () -> Mask.best(shape, new float[3], -1));
  }

  @Test
  void joinsAndInverts() {
    Mask mask = Mask.best(new Shape(2, 2), new float[] {4, 1, 3, 2}, 2);
    assertArrayEquals(new float[] {1, 0, 1, 0}, mask.values());
    assertArrayEquals(new float[] {0, 1, 0, 1}, mask.inverse().values());
    assertTrue(mask.or(mask.inverse()).isFull());
    assertFalse(mask.isFull());
    assertEquals(0.5, mask.density());
    assertArrayEquals(new float[] {1, 1}, mask.outputs());
    assertArrayEquals(
        new float[] {0, 1}, Mask.best(new Shape(2, 2), new float[] {0, 0, 1, 0}, 1).outputs());
  }

  @Test
  void survivesTheWayThroughATensor() {
    Mask mask = Mask.best(new Shape(2, 3), new float[] {1, 6, 2, 5, 3, 4}, 3);
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray array = mask.toArray(manager);
      assertEquals(new Shape(2, 3), array.getShape());
      assertEquals(mask, Mask.of(array));
      assertEquals(mask.hashCode(), Mask.of(array).hashCode());
      assertNotEquals(mask, Mask.of(array.reshape(3, 2)));
    }
    assertNotEquals(mask, mask.inverse());
  }
}
