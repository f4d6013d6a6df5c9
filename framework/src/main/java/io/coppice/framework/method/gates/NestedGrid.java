package io.coppice.framework.method.gates;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The order of a matrix's entries that suits repeated 2×2 pooling: by the place in the finest
 * window, then in the next, down to the coarsest grid in row-major order. The places of a window go
 * column by column. Level 0 is the matrix, level {@code depth} the coarsest grid; sizes are filled
 * up to a multiple of 2^depth.
 *
 * <p>Row y = (..(Y·2 + i₁)·2 + i₀ and column x = (..(X·2 + j₁)·2 + j₀ stand at (j₀, i₀, j₁, i₁, ..,
 * Y, X).
 */
final class NestedGrid {
  private final int rows;
  private final int columns;
  private final int depth;
  private final long high;
  private final long wide;

  NestedGrid(Shape matrix, int depth) {
    this.rows = Math.toIntExact(matrix.get(0));
    this.columns = Math.toIntExact(matrix.get(1));
    this.depth = depth;
    this.high = ceilHalf(rows, depth);
    this.wide = ceilHalf(columns, depth);
  }

  private static int ceilHalf(int size, int times) {
    return times == 0 ? size : ceilHalf((size + 1) / 2, times - 1);
  }

  /** The rows of the matrix at a level, without filling. */
  int rows(int level) {
    return ceilHalf(rows, level);
  }

  /** The rows of a level with filling. */
  long height(int level) {
    return high << (depth - level);
  }

  /** Whether sizes had to be filled up. */
  boolean isPadded() {
    return rows != high << depth || columns != wide << depth;
  }

  /** [rows, columns] to [1, positions]. */
  NDArray sorted(NDArray matrix) {
    NDArray filled = matrix;
    if (isPadded()) {
      filled = matrix.pad(new Shape(0, (wide << depth) - columns, 0, (high << depth) - rows), 0);
    }
    return sorted(filled, depth);
  }

  private NDArray sorted(NDArray filled, int digits) {
    long[] shape = new long[2 * digits + 2];
    int[] axes = new int[2 * digits + 2];
    Arrays.fill(shape, 2);
    shape[0] = high;
    shape[digits + 1] = wide;
    for (int digit = 0; digit < digits; digit++) {
      axes[2 * digit] = 2 * digits + 1 - digit;
      axes[2 * digit + 1] = digits - digit;
    }
    axes[2 * digits] = 0;
    axes[2 * digits + 1] = digits + 1;
    return filled.reshape(new Shape(shape)).transpose(axes).reshape(1, -1);
  }

  /**
   * [1, positions] to [rows, columns]: the rows first, whose runs are contiguous, then the columns;
   * both at once take four times as long.
   */
  NDArray unsorted(NDArray positions) {
    long[] nested = new long[2 * depth + 2];
    int[] rowsInOrder = new int[2 * depth + 2];
    long[] perRow = new long[depth + 2];
    int[] columnsInOrder = new int[depth + 2];
    Arrays.fill(nested, 2);
    Arrays.fill(perRow, 2);
    nested[2 * depth] = high;
    nested[2 * depth + 1] = wide;
    rowsInOrder[0] = 2 * depth;
    rowsInOrder[2 * depth + 1] = 2 * depth + 1;
    perRow[0] = high << depth;
    perRow[depth + 1] = wide;
    columnsInOrder[1] = depth + 1;
    for (int digit = 0; digit < depth; digit++) {
      rowsInOrder[depth - digit] = 2 * digit + 1;
      rowsInOrder[2 * depth - digit] = 2 * digit;
      columnsInOrder[2 + digit] = 1 + digit;
    }
    NDArray matrix =
        positions
            .reshape(new Shape(nested))
            .transpose(rowsInOrder)
            .reshape(new Shape(perRow))
            .transpose(columnsInOrder)
            .reshape(high << depth, wide << depth);
    return isPadded() ? matrix.get(":" + rows + ",:" + columns) : matrix;
  }

  /** [1, columns of level 0] to [columns]. */
  NDArray unsortedColumns(NDArray positions) {
    long[] shape =
        LongStream.concat(LongStream.generate(() -> 2).limit(depth), LongStream.of(wide)).toArray();
    int[] axes = IntStream.rangeClosed(0, depth).map(i -> depth - i).toArray();
    return positions.reshape(new Shape(shape)).transpose(axes).reshape(-1).get(":" + columns);
  }

  /** 1 where a level's position belongs to the matrix, 0 where it fills up: [1, positions]. */
  NDArray inside(int level, NDManager manager) {
    int down = rows(level);
    int across = ceilHalf(columns, level);
    long width = wide << (depth - level);
    NDArray ones = manager.ones(new Shape(down, across));
    NDArray filled = ones.pad(new Shape(0, width - across, 0, height(level) - down), 0);
    NDArray sorted = sorted(filled, depth - level);
    ones.close();
    filled.close();
    return sorted;
  }

  /**
   * What a 3×3 convolution with zeros around needs of a level's features [c, positions] above the
   * coarsest: the 4×4 neighbourhoods of the 2×2 windows, [16·c + 1, positions/4], for a kernel that
   * was {@link #spread}. Neighbourhoods go row by row, channels innermost; the last row is 1, for
   * the bias.
   */
  NDArray patches(NDArray features, int level) {
    int digits = depth - level;
    NDArray planes = columnsBeforeRows(features, digits);
    NDArray beside = NDArrays.concat(neighbours(planes, 1, digits), 0);
    NDList around = neighbours(beside, 2, digits);
    Shape tap = around.get(0).getShape();
    around.add(features.getManager().ones(new Shape(1).addAll(tap.slice(1))));
    NDArray all = NDArrays.concat(around, 0);
    return digits > 2 ? windowsInOrder(all, digits - 1) : all.reshape(all.getShape().get(0), -1);
  }

  /**
   * A 3×3 convolution with zeros around of the coarsest level's features [c, positions], the three
   * columns of the kernel side by side: [3·out, 3·c], tap row before channel. What each gives is
   * moved to its place and added up, which takes a third of the memory that patches would.
   */
  NDArray coarsest(NDArray features, NDArray kernel) {
    NDArray image = features.reshape(-1, high, wide);
    NDList rows = new NDList(moved(image, 1, -1), image, moved(image, 1, 1));
    NDArray sums = kernel.matMul(NDArrays.concat(rows, 0).reshape(-1, high * wide));
    NDList columns = sums.reshape(-1, high, wide).split(3, 0);
    NDArray left = moved(columns.get(0), 2, -1);
    NDArray right = moved(columns.get(2), 2, 1);
    return columns.get(1).add(left).add(right).reshape(-1, high * wide);
  }

  /** [c, j₀, i₀, j₁, i₁, .., Y, X] to [c, j₀ j₁ .., i₀ i₁ .., Y, X]. */
  private NDArray columnsBeforeRows(NDArray features, int digits) {
    long channels = features.getShape().get(0);
    long side = 1L << digits;
    NDArray nested = features;
    if (digits > 1) {
      int[] axes = new int[2 * digits + 2];
      for (int digit = 0; digit < digits; digit++) {
        axes[1 + digit] = 1 + 2 * digit;
        axes[1 + digits + digit] = 2 + 2 * digit;
      }
      axes[2 * digits + 1] = 2 * digits + 1;
      nested = features.reshape(digitsOf(channels, digits)).transpose(axes);
    }
    return nested.reshape(channels, side, side, high, wide);
  }

  /** [taps, j₁ j₂ .., i₁ i₂ .., Y, X] to [taps, positions of windows]. */
  private NDArray windowsInOrder(NDArray around, int digits) {
    long taps = around.getShape().get(0);
    int[] axes = new int[2 * digits + 2];
    for (int digit = 0; digit < digits; digit++) {
      axes[1 + 2 * digit] = 1 + digit;
      axes[2 + 2 * digit] = 1 + digits + digit;
    }
    axes[2 * digits + 1] = 2 * digits + 1;
    return around.reshape(digitsOf(taps, digits)).transpose(axes).reshape(taps, -1);
  }

  /** [c, 2, 2, .., Y·X] with two digits of each. */
  private Shape digitsOf(long channels, int digits) {
    long[] shape = new long[2 * digits + 2];
    Arrays.fill(shape, 2);
    shape[0] = channels;
    shape[2 * digits + 1] = high * wide;
    return new Shape(shape);
  }

  /**
   * For windows of two lines along an axis of {@link #columnsBeforeRows} (1 for columns, 2 for
   * rows) the line before, those within and the line after, four of [c, ..].
   */
  private NDList neighbours(NDArray planes, int axis, int digits) {
    int side = 1 << digits;
    NDList lines = planes.split(side, axis);
    NDList taps = new NDList();
    for (int tap = -1; tap <= 2; tap++) {
      NDList ofWindows = new NDList();
      for (int i = 0; i < side / 2; i++) {
        int line = reversed(i, digits - 1) * 2 + tap;
        NDArray plane = lines.get(reversed(Math.floorMod(line, side), digits));
        ofWindows.add(moved(plane, axis == 1 ? 4 : 3, Math.floorDiv(line, side)));
      }
      taps.add(ofWindows.size() == 1 ? ofWindows.get(0) : NDArrays.concat(ofWindows, axis));
    }
    return taps;
  }

  /** What stands one further ({@code by} 1) or one before (−1) along an axis, 0 beyond its end. */
  private static NDArray moved(NDArray plane, int axis, int by) {
    if (by == 0) {
      return plane;
    }
    long[] shape = plane.getShape().getShape().clone();
    long size = shape[axis];
    shape[axis] = 1;
    NDArray zeros = plane.getManager().zeros(new Shape(shape));
    if (size == 1) {
      return zeros;
    }
    NDList parts = plane.split(new long[] {by > 0 ? 1 : size - 1}, axis);
    NDList row = by > 0 ? new NDList(parts.get(1), zeros) : new NDList(zeros, parts.get(0));
    return NDArrays.concat(row, axis);
  }

  /** The number whose binary digits are these in reverse. */
  private static int reversed(int number, int digits) {
    return digits == 0 ? 0 : Integer.reverse(number) >>> (Integer.SIZE - digits);
  }

  /**
   * Turns kernels [out, 9·c + 1] by a product into [out, 4·(16·c + 1)], the four places of a 2×2
   * window, each on the window's 4×4 neighbourhood.
   */
  static NDArray spread(int channels, NDManager manager) {
    int from = 9 * channels + 1;
    int to = 16 * channels + 1;
    float[] spread = new float[from * 4 * to];
    for (int place = 0; place < 4; place++) {
      for (int tap = 0; tap < 9; tap++) {
        int moved = (tap / 3 + place % 2) * 4 + tap % 3 + place / 2;
        for (int c = 0; c < channels; c++) {
          spread[((tap * channels + c) * 4 + place) * to + moved * channels + c] = 1;
        }
      }
      spread[((from - 1) * 4 + place) * to + to - 1] = 1;
    }
    return manager.create(spread, new Shape(from, 4L * to));
  }

  /**
   * A convolution as high as the level: features [c, positions] and kernel [out, c · height] to
   * [out, columns], columns by their place in the finest window first.
   */
  NDArray column(NDArray features, NDArray kernel, int level) {
    int digits = depth - level;
    long[] nested = new long[2 * digits + 3];
    int[] rowsFirst = new int[2 * digits + 3];
    Arrays.fill(nested, 2);
    nested[0] = features.getShape().get(0);
    nested[2 * digits + 1] = high;
    nested[2 * digits + 2] = wide;
    for (int digit = 0; digit < digits; digit++) {
      rowsFirst[1 + digit] = 2 * digit + 2;
      rowsFirst[digits + 2 + digit] = 2 * digit + 1;
    }
    rowsFirst[digits + 1] = 2 * digits + 1;
    rowsFirst[2 * digits + 2] = 2 * digits + 2;
    NDArray columns = features.reshape(new Shape(nested)).transpose(rowsFirst);
    return kernel.matMul(columns.reshape(-1, wide << digits));
  }
}
