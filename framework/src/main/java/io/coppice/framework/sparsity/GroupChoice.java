package io.coppice.framework.sparsity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The groups of some layers, laid end to end, as items of one selection. */
final class GroupChoice {
  private final int[] sizes;
  private final float[] scores;
  private final boolean[] eligible;

  private GroupChoice(int count) {
    sizes = new int[count];
    scores = new float[count];
    eligible = new boolean[count];
  }

  static List<Mask> of(Granularity.Grouped granularity, List<Scored> layers, long budget) {
    List<int[]> groups = new ArrayList<>();
    int count = 0;
    for (Scored layer : layers) {
      int first = count;
      int[] local = granularity.groups(layer.mask().shape());
      groups.add(Arrays.stream(local).map(group -> group + first).toArray());
      count += Arrays.stream(local).max().orElseThrow() + 1;
    }
    GroupChoice choice = new GroupChoice(count);
    for (int i = 0; i < layers.size(); i++) {
      choice.pool(layers.get(i), groups.get(i), granularity.pooling());
    }
    boolean[] chosen = Selection.fitting(choice.scores, choice.eligible, choice.sizes, budget);
    List<Mask> masks = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      masks.add(expand(layers.get(i).mask(), groups.get(i), chosen));
    }
    return masks;
  }

  private void pool(Scored layer, int[] groups, Granularity.Pooling pooling) {
    int first = groups[0];
    int last = Arrays.stream(groups).max().orElseThrow();
    double[] sums = new double[last + 1 - first];
    Arrays.fill(scores, first, last + 1, Float.NEGATIVE_INFINITY);
    for (int i = 0; i < groups.length; i++) {
      int group = groups[i];
      sizes[group]++;
      eligible[group] |= layer.mask().keeps(i);
      sums[group - first] += layer.scores()[i];
      scores[group] = Math.max(scores[group], layer.scores()[i]);
    }
    if (pooling == Granularity.Pooling.MEAN) {
      for (int group = first; group <= last; group++) {
        scores[group] = (float) (sums[group - first] / sizes[group]);
      }
    }
  }

  private static Mask expand(Mask before, int[] groups, boolean[] chosen) {
    boolean[] keeps = new boolean[groups.length];
    for (int i = 0; i < keeps.length; i++) {
      keeps[i] = chosen[groups[i]] && before.keeps(i);
    }
    return new Mask(before.shape(), keeps);
  }
}
