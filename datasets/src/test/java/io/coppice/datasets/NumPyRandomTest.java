package io.coppice.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.coppice.framework.recipe.RecipeException;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** The expected numbers were computed with NumPy 1.24.2. */
class NumPyRandomTest {

  @Test
  void randGivesNumPysUniformNumbers() {
    NumPyRandom random = new NumPyRandom(42);
    double[] drawn = {random.rand(), random.rand(), random.rand()};
    assertArrayEquals(
        new double[] {0.3745401188473625, 0.9507143064099162, 0.7319939418114051}, drawn);
  }

  @Test
  void randGoesOnPastTheStatesEnd() {
    NumPyRandom random = new NumPyRandom(1);
    double[] drawn = DoubleStream.generate(random::rand).limit(2000).toArray();
    assertEquals(0.9096355249515571, drawn[311]);
    assertEquals(0.9467282696079524, drawn[1999]);
    assertEquals(1018.7169899195951, Arrays.stream(drawn).sum(), 1e-9);
  }

  @Test
  void randnGivesNumPysNormalNumbers() {
    NumPyRandom random = new NumPyRandom(42);
    double[] drawn = DoubleStream.generate(random::randn).limit(5).toArray();
    assertArrayEquals(
        new double[] {
          0.4967141530112327,
          -0.13826430117118466,
          0.6476885381006925,
          1.5230298564080254,
          -0.23415337472333597
        },
        drawn,
        1e-15);
  }

  @Test
  void choiceGivesNumPysIntegers() {
    NumPyRandom random = new NumPyRandom(42);
    int[] drawn = IntStream.generate(() -> random.choice(48)).limit(10).toArray();
    assertArrayEquals(new int[] {38, 28, 14, 42, 7, 20, 38, 18, 22, 10}, drawn);
  }

  @Test
  void permutationGivesNumPysOrder() {
    assertArrayEquals(
        new int[] {8, 1, 5, 0, 7, 2, 9, 4, 3, 6}, new NumPyRandom(42).permutation(10));
    int[] thousand = new NumPyRandom(1).permutation(1000);
    assertArrayEquals(new int[] {507, 818, 452, 368, 242}, Arrays.copyOf(thousand, 5));
    assertArrayEquals(new int[] {767, 72, 908, 235, 37}, Arrays.copyOfRange(thousand, 995, 1000));
  }

  @Test
  void drawsOfAllKindsKeepNumPysOrder() {
    NumPyRandom random = new NumPyRandom(0);
    assertEquals(0.5488135039273248, random.rand());
    assertEquals(0, random.choice(1));
    assertEquals(53, random.choice(64));
    assertEquals(0.11849646073740812, random.randn(), 1e-15);
    assertArrayEquals(new int[] {0}, random.permutation(1));
    assertEquals(0.11396779497090676, random.randn(), 1e-15);
    assertArrayEquals(new int[] {2, 0, 4, 3, 1}, random.permutation(5));
  }

  @Test
  void theGreatestSeedIsTaken() {
    NumPyRandom random = new NumPyRandom(4294967295L);
    assertEquals(0.0976320289940138, random.rand());
    assertEquals(0.9123828453026218, random.rand());
    int[] drawn = IntStream.generate(() -> random.choice(3)).limit(5).toArray();
    assertArrayEquals(new int[] {0, 0, 2, 2, 1}, drawn);
  }

  @Test
  void seedsThatNumPyRefusesAreRefused() {
    assertThrows(RecipeException.class, () -> new NumPyRandom(-1));
    assertThrows(RecipeException.class, () -> new NumPyRandom(4294967296L));
    assertThrows(RecipeException.class, () -> new NumPyRandom(0).choice(0));
  }

  @Property(tries = 50)
  void permutationHoldsEveryIntegerOnce(
      @ForAll @LongRange(min = 0, max = 4294967295L) long seed,
      @ForAll @IntRange(min = 0, max = 300) int count) {
    int[] order = new NumPyRandom(seed).permutation(count);
    Arrays.sort(order);
    assertArrayEquals(IntStream.range(0, count).toArray(), order);
  }

  @Property(tries = 50)
  void choiceStaysInItsRange(
      @ForAll @LongRange(min = 0, max = 4294967295L) long seed,
      @ForAll @IntRange(min = 1) int count) {
    NumPyRandom random = new NumPyRandom(seed);
    for (int i = 0; i < 20; i++) {
      int drawn = random.choice(count);
      assertEquals(drawn, Math.floorMod(drawn, count));
    }
  }
}
