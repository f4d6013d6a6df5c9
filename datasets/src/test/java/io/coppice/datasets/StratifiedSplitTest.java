package io.coppice.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coppice.framework.recipe.RecipeException;
import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class StratifiedSplitTest {

  @Provide
  Arbitrary<int[]> labels() {
    return Arbitraries.integers().between(0, 6).array(int[].class).ofMinSize(2).ofMaxSize(200);
  }

  @Property
  void sizesAreExactAndPartsAreDisjoint(
      @ForAll("labels") int[] labels,
      @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double share,
      @ForAll long seed) {
    int count = Math.min(labels.length - 1, 1 + (int) (share * labels.length));
    StratifiedSplit split = StratifiedSplit.of(labels, count, seed);
    assertEquals(count, split.heldOut().length);
    int[] all =
        IntStream.concat(Arrays.stream(split.kept()), Arrays.stream(split.heldOut()))
            .sorted()
            .toArray();
    assertArrayEquals(IntStream.range(0, labels.length).toArray(), all);
  }

  @Property
  void everyClassKeepsItsShareWithinOneExample(
      @ForAll("labels") int[] labels,
      @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double share,
      @ForAll long seed) {
    int count = Math.min(labels.length - 1, 1 + (int) (share * labels.length));
    StratifiedSplit split = StratifiedSplit.of(labels, count, seed);
    for (int label = 0; label <= 6; label++) {
      int wanted = label;
      long members = Arrays.stream(labels).filter(l -> l == wanted).count();
      long out = Arrays.stream(split.heldOut()).filter(i -> labels[i] == wanted).count();
      assertTrue(Math.abs(out - (double) members * count / labels.length) < 1);
    }
  }

  @Property(tries = 100)
  void theSameSeedGivesTheSameSplit(@ForAll("labels") int[] labels, @ForAll long seed) {
    int count = labels.length / 2;
    assertArrayEquals(
        StratifiedSplit.of(labels, count, seed).heldOut(),
        StratifiedSplit.of(labels, count, seed).heldOut());
  }

  @Test
  void anotherSeedGivesAnotherSplit() {
    int[] labels = new int[100];
    assertFalse(
        Arrays.equals(
            StratifiedSplit.of(labels, 50, 1).heldOut(),
            StratifiedSplit.of(labels, 50, 2).heldOut()));
  }

  @Test
  void aSeedsSplitNeverChanges() {
    int[] labels = {0, 1, 0, 1, 0, 1, 0, 1, 0, 1};
    assertArrayEquals(new int[] {1, 2, 3, 6}, StratifiedSplit.of(labels, 4, 7).heldOut());
  }

  @Test
  void aPartThatWouldBeEmptyIsRefused() {
    int[] labels = {0, 1, 1};
    assertThrows(RecipeException.class, () -> StratifiedSplit.of(labels, 0, 0));
    assertThrows(RecipeException.class, () -> StratifiedSplit.of(labels, 3, 0));
  }
}
