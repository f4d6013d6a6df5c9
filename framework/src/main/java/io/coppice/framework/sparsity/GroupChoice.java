package io.coppice.framework.sparsity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The groups of some layers, laid end to end, as items of one selection. A group is as large and as
 * good as the weights that are left of it.
 */
final class GroupChoice {
  private final int[] sizes;
  private final float[] scores;

  private GroupChoice(int count) {
    sizes = new int[count];
    scores = new float[count];
  }

  static List<Mask> of(Granularity.Grouped granularity, List<Scored> layers, long budget) {
    List<int[]> groups = new ArrayList<>();
    int count = 0;
    for (Scored layer : layers) {
      int first = count;
      int[] ofLayer = granularity.groups(layer.mask().shape());
      for (int i = 0; i < ofLayer.length; i++) {
        ofLayer[i] += first;
        count = Math.max(count, ofLayer[i] + 1);
      }
      groups.add(ofLayer);
    }
    GroupChoice choice = new GroupChoice(count);
    choice.pool(layers, groups, granularity.pooling());
    boolean[] chosen = choice.fitting(budget);
    List<Mask> masks = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      masks.add(expand(layers.get(i).mask(), groups.get(i), chosen));
    }
    return masks;
  }

  private void pool(List<Scored> layers, List<int[]> groups, Granularity.Pooling pooling) {
    double[] sums = new double[sizes.length];
    Arrays.fill(scores, Float.NEGATIVE_INFINITY);
    for (int layer = 0; layer < layers.size(); layer++) {
      Scored scored = layers.get(layer);
      int[] ofLayer = groups.get(layer);
      for (int i = 0; i < ofLayer.length; i++) {
        if (scored.mask().keeps(i)) {
          int group = ofLayer[i];
          sizes[group]++;
          sums[group] += scored.scores()[i];
          scores[group] = Math.max(scores[group], scored.scores()[i]);
        }
      }
    }
    if (pooling == Granularity.Pooling.MEAN) {
      for (int group = 0; group < sums.length; group++) {
        scores[group] = (float) (sums[group] / sizes[group]);
      }
    }
  }

  private boolean[] fitting(long budget) {
    boolean[] left = new boolean[sizes.length];
    for (int group = 0; group < left.length; group++) {
      left[group] = sizes[group] > 0;
    }
    return Selection.fitting(scores, left, sizes, budget);
  }

  private static Mask expand(Mask before, int[] groups, boolean[] chosen) {
    boolean[] keeps = new boolean[groups.length];
    for (int i = 0; i < keeps.length; i++) {
      keeps[i] = chosen[groups[i]] && before.keeps(i);
    }
    return new Mask(before.shape(), keeps);
  }
}
