package io.coppice.framework.sparsity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import io.coppice.framework.recipe.RecipeException;
import io.coppice.framework.sparsity.Granularity.Block;
import io.coppice.framework.sparsity.Granularity.Channel;
import io.coppice.framework.sparsity.Granularity.Column;
import io.coppice.framework.sparsity.Granularity.Grouped;
import io.coppice.framework.sparsity.Granularity.Neuron;
import io.coppice.framework.sparsity.Granularity.Pooling;
import io.coppice.framework.sparsity.Granularity.Row;
import io.coppice.framework.sparsity.Granularity.Unstructured;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class GranularityTest {

  private static Scored scored(Shape shape, float... scores) {
    return new Scored(Mask.full(shape), scores);
  }

  private static Scored randomly(Shape shape, Random random) {
    float[] scores = new float[(int) shape.size()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = random.nextInt(20);
    }
    return scored(shape, scores);
  }

  private static float[] chosen(
      Granularity granularity, long budget, Shape shape, float... scores) {
    return granularity.choose(List.of(scored(shape, scores)), budget).get(0).values();
  }

  @Property
  void everyMKeepExactlyTheBestN(
      @ForAll @IntRange(min = 2, max = 6) int m,
      @ForAll @IntRange(min = 1, max = 4) int chunks,
      @ForAll @IntRange(min = 1, max = 4) int other,
      @ForAll boolean convolution,
      @ForAll NOfM.Axis axis,
      @ForAll Random random) {
    int n = 1 + random.nextInt(m - 1);
    Shape plane =
        axis == NOfM.Axis.INPUT ? new Shape(other, m * chunks) : new Shape(m * chunks, other);
    Shape shape = convolution ? plane.add(3).add(2) : plane;
    Scored layer = randomly(shape, random);
    Mask mask = new NOfM(n, m, axis).choose(List.of(layer), shape.size() * n / m).get(0);
    assertEquals(shape.size() * n / m, mask.kept());
    int stride = (int) shape.slice(axis.ordinal() + 1).size();
    int length = m * chunks;
    for (int first = 0; first < mask.size(); first++) {
      if (first / stride % length % m == 0) {
        int kept = 0;
        float worstKept = Float.MAX_VALUE;
        float bestRemoved = -1;
        for (int j = 0; j < m; j++) {
          int i = first + j * stride;
          kept += mask.keeps(i) ? 1 : 0;
          worstKept = mask.keeps(i) ? Math.min(worstKept, layer.scores()[i]) : worstKept;
          bestRemoved = mask.keeps(i) ? bestRemoved : Math.max(bestRemoved, layer.scores()[i]);
        }
        assertEquals(n, kept);
        assertTrue(worstKept >= bestRemoved);
      }
    }
  }

  @Test
  void nOfMBreaksTiesByIndexAndKeepsMoreOnTheWay() {
    NOfM pattern = NOfM.alongInputs(2, 4);
    float[] scores = {1, 1, 1, 1, 0, 3, 2, 3};
    assertArrayEquals(
        new float[] {1, 1, 0, 0, 0, 1, 0, 1}, chosen(pattern, 4, new Shape(1, 8), scores));
    assertArrayEquals(
        new float[] {1, 1, 1, 0, 0, 1, 1, 1}, chosen(pattern, 5, new Shape(1, 8), scores));
  }

  @Test
  void nOfMNeverBringsBackWhatWentBefore() {
    NOfM pattern = NOfM.alongInputs(1, 4);
    Mask first = Mask.best(new Shape(1, 4), new float[] {2, 1, 0, 0}, 2);
    Mask next = pattern.choose(List.of(new Scored(first, new float[] {0, 1, 9, 9})), 1).get(0);
    assertArrayEquals(new float[] {0, 1, 0, 0}, next.values());
  }

  @Test
  void nOfMSaysWhereItDoesNotFit() {
    NOfM pattern = NOfM.alongInputs(2, 4);
    Allocation uniform = new Allocation.Uniform();
    pattern.requireFit(uniform, 0.5);
    pattern.requireFit(new Allocation.PerLayer(Map.of("fc3", 1.0), uniform), 0.5);
    assertThrows(RecipeException.class, () -> pattern.requireFit(uniform, 0.16));
    assertThrows(RecipeException.class, () -> pattern.requireFit(new Allocation.Global(), 0.5));
    pattern.requireFit(new LayerShape("fc1", new Shape(10, 8)), 40);
    pattern.requireFit(new LayerShape("fc1", new Shape(10, 6)), 60);
    RecipeException ragged =
        assertThrows(
            RecipeException.class,
            () -> pattern.requireFit(new LayerShape("fc1", new Shape(10, 6)), 30));
    assertTrue(ragged.getMessage().startsWith("fc1 has 6 weights"), ragged.getMessage());
    assertThrows(
        RecipeException.class,
        () -> pattern.requireFit(new LayerShape("fc1", new Shape(10, 8)), 20));
    assertThrows(RecipeException.class, () -> NOfM.alongInputs(4, 4));
    assertThrows(RecipeException.class, () -> NOfM.alongInputs(0, 4));
  }

  @Test
  void blocksPoolByMeanOrMaxAndAreSmallerAtTheEdges() {
    Shape shape = new Shape(3, 3);
    int[] groups = {0, 0, 1, 0, 0, 1, 2, 2, 3};
    assertArrayEquals(groups, new Block(2, 2, Pooling.MEAN).groups(shape));
    float[] scores = {8, 0, 3, 0, 0, 3, 1, 1, 4};
    // means: 2, 3, 1, 4 with 4, 2, 2 and 1 weights
    assertArrayEquals(
        new float[] {0, 0, 1, 0, 0, 1, 0, 0, 1},
        chosen(new Block(2, 2, Pooling.MEAN), 3, shape, scores));
    // maxima: 8, 3, 1, 4
    assertArrayEquals(
        new float[] {1, 1, 0, 1, 1, 0, 0, 0, 1},
        chosen(new Block(2, 2, Pooling.MAX), 6, shape, scores));
  }

  @Test
  void rowsColumnsAndChannels() {
    Shape linear = new Shape(2, 3);
    assertArrayEquals(new int[] {0, 0, 0, 1, 1, 1}, new Row().groups(linear));
    assertArrayEquals(new int[] {0, 0, 0, 1, 1, 1}, new Neuron().groups(linear));
    assertArrayEquals(new int[] {0, 1, 2, 0, 1, 2}, new Column().groups(linear));
    Shape convolution = new Shape(2, 2, 1, 2);
    assertArrayEquals(new int[] {0, 0, 0, 0, 1, 1, 1, 1}, new Channel().groups(convolution));
    assertArrayEquals(new int[] {0, 0, 1, 1, 0, 0, 1, 1}, new Column().groups(convolution));
    assertArrayEquals(
        new float[] {0, 1, 0, 0, 1, 0}, chosen(new Column(), 3, linear, 5, 3, 0, 0, 4, 0));
  }

  @Provide
  Arbitrary<Grouped> grouped() {
    return Arbitraries.of(
        new Unstructured(),
        new Block(2, 3, Pooling.MEAN),
        new Block(3, 2, Pooling.MAX),
        new Row(),
        new Column(),
        new Neuron());
  }

  @Property
  void theBestGroupsOfAllLayersStayUpToTheFirstThatExceedsTheBudget(
      @ForAll("grouped") Grouped granularity, @ForAll Random random) {
    List<Scored> layers =
        List.of(randomly(new Shape(5, 7), random), randomly(new Shape(4, 5, 2, 1), random));
    int budget = random.nextInt(76);
    List<Mask> masks = granularity.choose(layers, budget);
    assertEquals(slowly(granularity, layers, budget), masks);
  }

  /** Ranks all groups by a plain sort and takes them one by one. */
  private static List<Mask> slowly(Grouped granularity, List<Scored> layers, int budget) {
    record Group(int layer, int number, float score, int size) {}
    List<Group> ranking = new java.util.ArrayList<>();
    for (int layer = 0; layer < layers.size(); layer++) {
      Scored scored = layers.get(layer);
      int[] groups = granularity.groups(scored.mask().shape());
      int last = java.util.Arrays.stream(groups).max().orElseThrow();
      for (int number = 0; number <= last; number++) {
        double sum = 0;
        float max = Float.NEGATIVE_INFINITY;
        int size = 0;
        for (int i = 0; i < groups.length; i++) {
          if (groups[i] == number) {
            sum += scored.scores()[i];
            max = Math.max(max, scored.scores()[i]);
            size++;
          }
        }
        float score = granularity.pooling() == Pooling.MAX ? max : (float) (sum / size);
        ranking.add(new Group(layer, number, score, size));
      }
    }
    ranking.sort(java.util.Comparator.comparingDouble(group -> -group.score()));
    float[][] values = new float[layers.size()][];
    for (int layer = 0; layer < layers.size(); layer++) {
      values[layer] = new float[layers.get(layer).mask().size()];
    }
    int left = budget;
    for (Group group : ranking) {
      if (group.size() > left) {
        break;
      }
      left -= group.size();
      int[] groups = granularity.groups(layers.get(group.layer()).mask().shape());
      for (int i = 0; i < groups.length; i++) {
        values[group.layer()][i] += groups[i] == group.number() ? 1 : 0;
      }
    }
    List<Mask> masks = new java.util.ArrayList<>();
    for (int layer = 0; layer < layers.size(); layer++) {
      int kept = 0;
      for (float value : values[layer]) {
        kept += value > 0 ? 1 : 0;
      }
      masks.add(Mask.best(layers.get(layer).mask().shape(), values[layer], kept));
    }
    return masks;
  }

  @Test
  void whatWentBeforeStaysAway() {
    Mask first = Mask.best(new Shape(2, 2), new float[] {1, 1, 0, 0}, 2);
    Scored layer = new Scored(first, new float[] {1, 2, 9, 9});
    assertArrayEquals(
        new float[] {0, 1, 0, 0}, new Unstructured().choose(List.of(layer), 1).get(0).values());
    assertEquals(first, new Row().choose(List.of(layer), 4).get(0));
  }

  /** The second row has one weight left, of score 5; the first has two, of mean 4. */
  @Test
  void aGroupIsWhatIsLeftOfIt() {
    Mask first = Mask.best(new Shape(2, 2), new float[] {1, 1, 1, 0}, 3);
    Scored layer = new Scored(first, new float[] {4, 4, 5, 0});
    assertArrayEquals(
        new float[] {0, 0, 1, 0}, new Row().choose(List.of(layer), 1).get(0).values());
    assertEquals(first, new Row().choose(List.of(layer), 3).get(0));
  }

  @Test
  void refusesEmptyBlocks() {
    assertThrows(RecipeException.class, () -> new Block(0, 1, Pooling.MEAN));
    assertThrows(RecipeException.class, () -> new Block(1, 0, Pooling.MEAN));
  }
}
