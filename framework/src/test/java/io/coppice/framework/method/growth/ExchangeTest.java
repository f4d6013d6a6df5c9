package io.coppice.framework.method.growth;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ExchangeTest {

  /** Of places 1, 4, 6 and 9 the two of worth 1 go; 4 comes again at once, and 5. */
  @Test
  void dropsTheLeastAndKeepsWhatGrowsAgain() {
    int[] present = {1, 4, 6, 9};
    Exchange exchange =
        Exchange.of(
            present,
            new float[] {3, 1, 2, 1},
            2,
            (surviving, count) -> {
              assertArrayEquals(new int[] {1, 6}, surviving);
              assertEquals(2, count);
              return new int[] {4, 5};
            });
    assertArrayEquals(new int[] {3}, exchange.dropped());
    assertArrayEquals(new int[] {5}, exchange.grown());
    assertArrayEquals(new int[] {1, 4, 6, 5}, exchange.places());
  }

  /** Of two equals the one of the higher place goes. */
  @Test
  void breaksTiesByPlace() {
    Exchange exchange =
        Exchange.of(new int[] {0, 2}, new float[] {1, 1}, 1, (surviving, count) -> new int[] {3});
    assertArrayEquals(new int[] {1}, exchange.dropped());
  }

  @Property
  void drawnPlacesAreFreeDistinctAndAscending(
      @ForAll @IntRange(min = 1, max = 60) int size, @ForAll long seed) {
    Random random = new Random(seed);
    int[] taken = IntStream.range(0, size).filter(i -> random.nextBoolean()).toArray();
    int count = random.nextInt(size - taken.length + 1);
    int[] drawn = AbsentPlaces.draw(size, taken, count, random);
    assertEquals(count, drawn.length);
    assertArrayEquals(Arrays.stream(drawn).distinct().sorted().toArray(), drawn);
    for (int place : drawn) {
      assertTrue(Arrays.binarySearch(taken, place) < 0, () -> "place " + place);
    }
  }

  /** Two of the free 0, 2 and 3: each of the three pairs in a third of 30,000 draws. */
  @Test
  void everySetOfPlacesIsEquallyLikely() {
    Random random = new Random(1);
    Map<String, Integer> pairs = new HashMap<>();
    for (int i = 0; i < 30_000; i++) {
      int[] drawn = AbsentPlaces.draw(5, new int[] {1, 4}, 2, random);
      pairs.merge(Arrays.toString(drawn), 1, Integer::sum);
    }
    assertEquals(3, pairs.size());
    pairs.values().forEach(count -> assertEquals(10_000, count, 400));
  }
}
