package io.coppice.framework.method.gates;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A {@link UNet} for one matrix [rows, columns]: one gate of 0 or more per entry, or per column,
 * which is an input neuron. Gates per column come from column convolutions, which turn every
 * level's features into rows of height 1.
 *
 * <p>It is fast by {@link NestedGrid}'s order, in which a pooling is the maximum of four contiguous
 * quarters, an upsampling a broadcast, and a convolution one product for all four places of a
 * pooling window. W stands still while the network is trained, so the first convolution's patches
 * are cut once. A 1×1 convolution of a concatenation is the sum of two products, and what is
 * upsampled may be multiplied before.
 */
final class SwitcherNetwork {
  private final UNet recipe;
  private final Gating gating;
  private final NestedGrid grid;
  private final Map<String, Shape> shapes = new LinkedHashMap<>();
  private final NDArray theta;
  private final List<NDArray> spreads = new ArrayList<>();
  private final List<NDArray> insides = new ArrayList<>();

  SwitcherNetwork(UNet recipe, Gating gating, Shape matrix, Random random, NDManager manager) {
    this.recipe = recipe;
    this.gating = gating;
    NDList parameters = new NDList();
    int depth = recipe.depth();
    this.grid = new NestedGrid(matrix, depth);
    for (int level = 0; level <= depth; level++) {
      int channels = recipe.channels().get(level);
      int before = level == 0 ? 1 : recipe.channels().get(level - 1);
      if (level < depth) {
        NDArray kernel = kaiming(9 * before, 1, random, manager, channels, 9 * before + 1);
        kernel.set(new NDIndex(":, " + 9 * before), 0);
        add("down" + level, kernel, parameters);
        spreads.add(NestedGrid.spread(before, manager));
      } else {
        NDArray kernel = kaiming(9 * before, 1, random, manager, 3 * channels, 3 * before);
        add("down" + level, kernel, parameters);
        add("down" + level + ".bias", manager.zeros(new Shape(channels, 1)), parameters);
      }
      insides.add(grid.isPadded() ? grid.inside(level, manager) : null);
      if (gating == Gating.NEURONS) {
        int fan = channels * grid.rows(level);
        long taps = channels * grid.height(level);
        add("column" + level, kaiming(fan, 1, random, manager, channels, taps), parameters);
        add("column" + level + ".bias", manager.zeros(new Shape(channels, 1)), parameters);
      }
    }
    for (int level = depth - 1; level >= 0; level--) {
      int below = recipe.channels().get(level + 1);
      int beside = recipe.channels().get(level);
      int out = level == 0 ? 1 : beside;
      boolean open = level == 0 && recipe.openStart();
      double scale = open ? 0.1 : 1;
      add("up" + level, kaiming(below + beside, scale, random, manager, out, below), parameters);
      add("skip" + level, kaiming(below + beside, scale, random, manager, out, beside), parameters);
      add("bias" + level, manager.full(new Shape(out, 1, 1), open ? 1f : 0f), parameters);
    }
    NDList vectors = new NDList();
    parameters.forEach(values -> vectors.add(values.flatten()));
    this.theta = NDArrays.concat(vectors);
    vectors.close();
    parameters.close();
  }

  private void add(String name, NDArray values, NDList parameters) {
    shapes.put(name, values.getShape());
    parameters.add(values);
  }

  /** N(0, 2 / fan in), scaled; He et al. 2015, eq. 10. */
  private static NDArray kaiming(
      int fanIn, double scale, Random random, NDManager manager, long... shape) {
    Shape of = new Shape(shape);
    float[] values = new float[Math.toIntExact(of.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() * scale * Math.sqrt(2.0 / fanIn));
    }
    return manager.create(values, of);
  }

  /** The trainable parameters, one vector, so that an optimiser moves them at once. */
  NDArray theta() {
    return theta;
  }

  /** The parts of a vector of all parameters by name, each in its shape. */
  Map<String, NDArray> named(NDArray vector) {
    long[] starts = new long[shapes.size() - 1];
    long start = 0;
    int part = 0;
    for (Shape shape : shapes.values()) {
      start += shape.size();
      if (part < starts.length) {
        starts[part++] = start;
      }
    }
    NDList parts = vector.split(starts, 0);
    Map<String, NDArray> named = new LinkedHashMap<>();
    shapes.forEach((name, shape) -> named.put(name, parts.get(named.size()).reshape(shape)));
    return named;
  }

  /** What the first convolution is multiplied with: the same as long as the matrix is. */
  NDArray patches(NDArray matrix) {
    return grid.patches(grid.sorted(recipe.input().of(matrix)), 0);
  }

  /** The gates of the matrix of these patches: [rows, columns], or [columns] for neurons. */
  NDArray gates(NDArray patches, NDArray vector) {
    Map<String, NDArray> theta = named(vector);
    List<NDArray> levels = encoded(patches, theta);
    NDArray below = levels.get(recipe.depth());
    long places = gating == Gating.CONNECTIONS ? 4 : 2;
    for (int level = recipe.depth() - 1; level >= 0; level--) {
      NDArray up = theta.get("up" + level).matMul(below);
      NDArray skip = theta.get("skip" + level).matMul(levels.get(level));
      long out = up.getShape().get(0);
      NDArray sum = skip.reshape(out, places, -1).add(up.expandDims(1));
      below = relu(sum.add(theta.get("bias" + level))).reshape(out, -1);
    }
    return gating == Gating.CONNECTIONS ? grid.unsorted(below) : grid.unsortedColumns(below);
  }

  /** Each level's features, [channels, positions], or [channels, columns] for neurons. */
  private List<NDArray> encoded(NDArray patches, Map<String, NDArray> theta) {
    List<NDArray> levels = new ArrayList<>();
    NDArray input = patches;
    for (int level = 0; level <= recipe.depth(); level++) {
      long channels = recipe.channels().get(level);
      NDArray kernel = theta.get("down" + level);
      NDArray sums;
      if (level < recipe.depth()) {
        sums = kernel.matMul(spreads.get(level)).reshape(4 * channels, -1).matMul(input);
      } else {
        sums = grid.coarsest(input, kernel).add(theta.get("down" + level + ".bias"));
      }
      NDArray features = relu(sums).reshape(channels, -1);
      if (grid.isPadded()) {
        features = features.mul(insides.get(level));
      }
      levels.add(gating == Gating.CONNECTIONS ? features : column(features, level, theta));
      if (level < recipe.depth()) {
        NDArray pooled = pooled(features);
        input = level + 1 < recipe.depth() ? grid.patches(pooled, level + 1) : pooled;
      }
    }
    return levels;
  }

  /** Maximum over 2×2 windows, [c, 4·n] to [c, n]. */
  private static NDArray pooled(NDArray features) {
    return greaterHalf(greaterHalf(features));
  }

  /**
   * [c, 2·n] to [c, n], the greater of a and b as b + relu(a − b), whose gradient is vectorised, a
   * pooling's is not.
   */
  private static NDArray greaterHalf(NDArray features) {
    NDList halves = features.split(2, 1);
    NDArray b = halves.get(1);
    return b.add(relu(halves.get(0).sub(b)));
  }

  private NDArray column(NDArray features, int level, Map<String, NDArray> theta) {
    NDArray sum = grid.column(features, theta.get("column" + level), level);
    return relu(sum.add(theta.get("column" + level + ".bias")));
  }

  private static NDArray relu(NDArray array) {
    return array.getNDArrayInternal().relu();
  }
}
