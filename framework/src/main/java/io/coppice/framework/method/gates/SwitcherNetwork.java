package io.coppice.framework.method.gates;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.internal.NDArrayEx;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A {@link UNet} for one matrix [rows, columns]: one gate of 0 or more per entry, or per row.
 *
 * <p>Three identities make it fast. W stands still while the network is trained, so the first
 * convolution is a product with patches cut out once. Their columns are sorted by the place in the
 * 2×2 pooling window, so that pooling is the maximum of four contiguous quarters and upsampling a
 * broadcast. A 1×1 convolution of a concatenation is the sum of two products, and one of them may
 * be taken before upsampling.
 */
final class SwitcherNetwork {
  private static final Shape ONE = new Shape(1, 1);
  private static final int TAPS = 9;
  private static final int NEAREST = 0;

  private final UNet recipe;
  private final Gating gating;
  private final int rows;
  private final int columns;
  private final Map<String, NDArray> parameters = new LinkedHashMap<>();

  SwitcherNetwork(UNet recipe, Gating gating, Shape matrix, Random random, NDManager manager) {
    this.recipe = recipe;
    this.gating = gating;
    this.rows = Math.toIntExact(matrix.get(0));
    this.columns = Math.toIntExact(matrix.get(1));
    int depth = recipe.depth();
    for (int level = 0; level <= depth; level++) {
      int channels = recipe.channels().get(level);
      if (level == 0) {
        float[] kernel = kaiming(channels * TAPS, TAPS, 1, random);
        float[] withBias = new float[channels * (TAPS + 1)];
        for (int c = 0; c < channels; c++) {
          System.arraycopy(kernel, c * TAPS, withBias, c * (TAPS + 1), TAPS);
        }
        parameters.put("down0", manager.create(withBias, new Shape(channels, TAPS + 1)));
      } else {
        int before = recipe.channels().get(level - 1);
        draw("down" + level, TAPS * before, 1, random, manager, channels, before, 3, 3);
        parameters.put("down" + level + ".bias", manager.zeros(new Shape(channels)));
      }
      if (gating == Gating.NEURONS) {
        int width = level == 0 ? 2 * half(columns) : size(columns, level);
        draw(
            "row" + level,
            channels * size(columns, level),
            1,
            random,
            manager,
            channels,
            width,
            channels);
        parameters.put("row" + level + ".bias", manager.zeros(new Shape(channels)));
      }
    }
    for (int level = depth - 1; level >= 0; level--) {
      int below = recipe.channels().get(level + 1);
      int beside = recipe.channels().get(level);
      int out = level == 0 ? 1 : beside;
      boolean open = level == 0 && recipe.openStart();
      double scale = open ? 0.1 : 1;
      draw("up" + level, below + beside, scale, random, manager, out, below);
      draw("skip" + level, below + beside, scale, random, manager, out, beside);
      NDArray bias = manager.zeros(new Shape(out));
      parameters.put("up" + level + ".bias", open ? bias.addi(1) : bias);
    }
  }

  private void draw(
      String name, int fanIn, double scale, Random random, NDManager manager, long... shape) {
    Shape of = new Shape(shape);
    float[] values = kaiming(Math.toIntExact(of.size()), fanIn, scale, random);
    parameters.put(name, manager.create(values, of));
  }

  private static float[] kaiming(int count, int fanIn, double scale, Random random) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (random.nextGaussian() * scale * Math.sqrt(2.0 / fanIn));
    }
    return values;
  }

  private static int half(int size) {
    return (size + 1) / 2;
  }

  private static int size(int full, int level) {
    return level == 0 ? full : size(half(full), level - 1);
  }

  Map<String, NDArray> parameters() {
    return parameters;
  }

  /** The parameters as constants, for a gradient that is to reach the matrix only. */
  Map<String, NDArray> constants() {
    Map<String, NDArray> constants = new LinkedHashMap<>();
    parameters.forEach((name, array) -> constants.put(name, array.stopGradient()));
    return constants;
  }

  /**
   * The 3×3 neighbourhoods of a matrix and a row of ones for the bias, [10, 4·quarter]; columns
   * beyond the matrix, which an odd size needs to fill its pooling windows, are 0.
   */
  NDArray patches(NDArray matrix) {
    int high = half(rows);
    int wide = half(columns);
    NDArray padded =
        recipe
            .input()
            .of(matrix)
            .pad(new Shape(1, 1 + 2 * wide - columns, 1, 1 + 2 * high - rows), 0);
    NDList taps = new NDList();
    for (int row = 0; row < 3; row++) {
      for (int column = 0; column < 3; column++) {
        NDArray shifted =
            padded.get(row + ":" + (row + 2 * high) + "," + column + ":" + (column + 2 * wide));
        taps.add(byPlace(shifted, high, wide));
      }
    }
    NDArray inside = matrix.getManager().ones(new Shape(rows, columns));
    inside = inside.pad(new Shape(0, 2 * wide - columns, 0, 2 * high - rows), 0);
    NDArray ones = byPlace(inside, high, wide);
    taps.add(ones);
    return NDArrays.concat(taps, 0).mul(ones);
  }

  /** [2·high, 2·wide] to [1, 4·high·wide], sorted by column, then row in the 2×2 window. */
  private static NDArray byPlace(NDArray matrix, int high, int wide) {
    return matrix.reshape(high, 2, wide, 2).transpose(3, 1, 0, 2).reshape(1, 4L * high * wide);
  }

  /** The gates of the matrix of these patches: [rows, columns], or [rows] for neurons. */
  NDArray gates(NDArray patches, Map<String, NDArray> theta) {
    List<NDArray> levels = down(patches, theta);
    return gating == Gating.CONNECTIONS ? entries(levels, theta) : perRow(levels, theta);
  }

  /** Each level's features: [channels, 4·quarter] of the full size, then [channels, h, w]. */
  private List<NDArray> down(NDArray patches, Map<String, NDArray> theta) {
    List<NDArray> levels = new ArrayList<>();
    NDArray full = relu(theta.get("down0").matMul(patches));
    levels.add(full);
    int channels = recipe.channels().get(0);
    NDList places = full.reshape(channels, 4, half(rows), half(columns)).split(4, 1);
    NDArray pooled =
        greater(greater(places.get(0), places.get(1)), greater(places.get(2), places.get(3)))
            .reshape(channels, half(rows), half(columns));
    for (int level = 1; level <= recipe.depth(); level++) {
      NDArray input = level == 1 ? pooled : pool(levels.get(level - 1));
      NDArray kernel = theta.get("down" + level);
      NDArray bias = theta.get("down" + level + ".bias");
      NDArrayEx ops = input.getNDArrayInternal();
      NDArray features =
          ops.convolution(input.expandDims(0), kernel, bias, ONE, ONE, ONE, 1).singletonOrThrow();
      levels.add(relu(features.squeeze(0)));
    }
    return levels;
  }

  /** Maximum over 2×2 windows of features of 0 or more, [c, h, w] to [c, ⌈h/2⌉, ⌈w/2⌉]. */
  static NDArray pool(NDArray features) {
    Shape shape = features.getShape();
    long channels = shape.get(0);
    long high = (shape.get(1) + 1) / 2;
    long wide = (shape.get(2) + 1) / 2;
    NDArray even = features;
    if (2 * high > shape.get(1) || 2 * wide > shape.get(2)) {
      even = features.pad(new Shape(0, 2 * wide - shape.get(2), 0, 2 * high - shape.get(1)), 0);
    }
    NDList upDown = even.reshape(channels, high, 2, 2 * wide).split(2, 2);
    NDArray flat = greater(upDown.get(0), upDown.get(1)).reshape(channels, high, wide, 2);
    NDList leftRight = flat.split(2, 3);
    return greater(leftRight.get(0), leftRight.get(1)).reshape(channels, high, wide);
  }

  /** The greater of two, b + relu(a − b): its backward pass is vectorised, a pooling's is not. */
  private static NDArray greater(NDArray a, NDArray b) {
    return b.add(relu(a.sub(b)));
  }

  private NDArray entries(List<NDArray> levels, Map<String, NDArray> theta) {
    NDArray below = levels.get(recipe.depth());
    for (int level = recipe.depth() - 1; level >= 0; level--) {
      Shape small = below.getShape();
      NDArray low = theta.get("up" + level).matMul(below.reshape(small.get(0), -1));
      NDArray bias = theta.get("up" + level + ".bias").reshape(-1, 1, 1);
      if (level > 0) {
        NDArray beside = levels.get(level);
        Shape size = beside.getShape();
        NDArray skip = theta.get("skip" + level).matMul(beside.reshape(size.get(0), -1));
        NDArray grown =
            low.reshape(1, -1, small.get(1), small.get(2))
                .getNDArrayInternal()
                .interpolation(new long[] {size.get(1), size.get(2)}, NEAREST, false)
                .squeeze(0);
        below = relu(skip.reshape(grown.getShape()).add(grown).add(bias));
      } else {
        NDArray skip = theta.get("skip0").matMul(levels.get(0)).reshape(1, 4, -1);
        below = relu(skip.add(low.reshape(1, 1, -1)).add(bias));
      }
    }
    int high = half(rows);
    int wide = half(columns);
    NDArray matrix =
        below.reshape(2, 2, high, wide).transpose(2, 1, 3, 0).reshape(2L * high, 2L * wide);
    return cropped(matrix);
  }

  private NDArray cropped(NDArray matrix) {
    boolean even = rows % 2 == 0 && columns % 2 == 0;
    return even ? matrix : matrix.get(":" + rows + ",:" + columns);
  }

  /** The decoder on columns of width 1: every level's features go through a row convolution. */
  private NDArray perRow(List<NDArray> levels, Map<String, NDArray> theta) {
    int depth = recipe.depth();
    NDArray below = row(levels.get(depth), depth, theta);
    for (int level = depth - 1; level >= 0; level--) {
      NDArray low = below.matMul(theta.get("up" + level).transpose());
      NDArray bias = theta.get("up" + level + ".bias");
      NDArray skipWeight = theta.get("skip" + level).transpose();
      if (level > 0) {
        NDArray skip = row(levels.get(level), level, theta).matMul(skipWeight);
        long high = skip.getShape().get(0);
        long out = skip.getShape().get(1);
        NDArray grown = low.expandDims(1).broadcast(low.getShape().get(0), 2, out).reshape(-1, out);
        below = relu(skip.add(grown.get(":" + high)).add(bias));
      } else {
        NDArray skip = row(levels.get(0), 0, theta).matMul(skipWeight).reshape(2, -1);
        below = relu(skip.add(low.reshape(1, -1)).add(bias));
      }
    }
    return below.transpose().reshape(-1).get(":" + rows);
  }

  /**
   * The row convolution of a level: a kernel as wide as its features makes them [h, channels]; at
   * the full size, h is sorted by the row in the 2×2 window.
   */
  private NDArray row(NDArray features, int level, Map<String, NDArray> theta) {
    NDArray kernel = theta.get("row" + level);
    long channels = kernel.getShape().get(2);
    NDArray planes = features;
    if (level == 0) {
      planes = features.reshape(2 * channels, 2L * half(rows), half(columns));
      kernel = kernel.reshape(2 * channels, half(columns), channels);
    }
    NDArray sum = planes.batchMatMul(kernel).sum(new int[] {0});
    return relu(sum.add(theta.get("row" + level + ".bias")));
  }

  private static NDArray relu(NDArray array) {
    return array.getNDArrayInternal().relu();
  }
}
