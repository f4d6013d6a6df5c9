package io.coppice.framework.method.gates;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
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

  /** The columns of the matrix at a level, without filling. */
  int columns(int level) {
    return ceilHalf(columns, level);
  }

  /** The columns of a level with filling. */
  long width(int level) {
    return wide << (depth - level);
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

  /** [1, rows of level 0] to [rows]. */
  NDArray unsortedRows(NDArray positions) {
    long[] shape =
        LongStream.concat(LongStream.generate(() -> 2).limit(depth), LongStream.of(high)).toArray();
    int[] axes = IntStream.rangeClosed(0, depth).map(i -> depth - i).toArray();
    return positions.reshape(new Shape(shape)).transpose(axes).reshape(-1).get(":" + rows);
  }

  /** 1 where a level's position belongs to the matrix, 0 where it fills up: [1, positions]. */
  NDArray inside(int level, NDManager manager) {
    int down = ceilHalf(rows, level);
    int across = ceilHalf(columns, level);
    long tall = high << (depth - level);
    NDArray ones = manager.ones(new Shape(down, across));
    NDArray filled = ones.pad(new Shape(0, width(level) - across, 0, tall - down), 0);
    NDArray sorted = sorted(filled, depth - level);
    ones.close();
    filled.close();
    return sorted;
  }

  /**
   * What a 3×3 convolution with zeros around needs of a level's features [c, positions] above the
   * coarsest: the 4×4 neighbourhoods of the 2×2 windows, [16·c + 1, positions/4], for a kernel that
   * was {@link #spread}; the last row is 1, for the bias.
   */
  NDArray patches(NDArray features, int level) {
    long channels = features.getShape().get(0);
    int digits = depth - level;
    int side = 1 << digits;
    int windows = side * side / 4;
    NDList planes =
        features
            .reshape(channels, (long) side * side, high, wide)
            .pad(new Shape(1, 1, 1, 1), 0)
            .split((long) side * side, 1);
    NDList taps = new NDList();
    for (int a = -1; a <= 2; a++) {
      for (int b = -1; b <= 2; b++) {
        NDList parts = new NDList();
        for (int w = 0; w < windows; w++) {
          int i = 2 * row(w, digits - 1) + a;
          int j = 2 * column(w, digits - 1) + b;
          NDArray plane = planes.get(place(Math.floorMod(i, side), Math.floorMod(j, side), digits));
          long top = 1 + Math.floorDiv(i, side);
          long left = 1 + Math.floorDiv(j, side);
          parts.add(
              plane.get(
                  new NDIndex()
                      .addAllDim()
                      .addAllDim()
                      .addSliceDim(top, top + high)
                      .addSliceDim(left, left + wide)));
        }
        taps.add(windows == 1 ? parts.get(0) : NDArrays.concat(parts, 1));
      }
    }
    taps.add(features.getManager().ones(new Shape(1, windows, high, wide)));
    return NDArrays.concat(taps, 0).reshape(16 * channels + 1, -1);
  }

  /** A 3×3 convolution with zeros around of the coarsest level's features [c, positions]. */
  NDArray coarsest(NDArray features, NDArray kernel, NDArray bias) {
    Shape one = new Shape(1, 1);
    NDArray image = features.reshape(1, -1, high, wide);
    return image
        .getNDArrayInternal()
        .convolution(image, kernel, bias, one, one, one, 1)
        .singletonOrThrow()
        .reshape(kernel.getShape().get(0), -1);
  }

  /** The position of plane (row i, column j) among the planes of so many binary digits. */
  private static int place(int i, int j, int digits) {
    int place = 0;
    for (int digit = 0; digit < digits; digit++) {
      place = 4 * place + 2 * (j >> digit & 1) + (i >> digit & 1);
    }
    return place;
  }

  private static int row(int place, int digits) {
    int row = 0;
    for (int digit = 0; digit < digits; digit++) {
      row |= (place >> 2 * (digits - 1 - digit) & 1) << digit;
    }
    return row;
  }

  private static int column(int place, int digits) {
    return row(place >> 1, digits);
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
   * A convolution as wide as the level: features [c, positions] and kernel [c, width, out] to
   * [rows, out], rows by their place in the finest window first.
   */
  NDArray row(NDArray features, NDArray kernel, int level) {
    int digits = depth - level;
    long channels = kernel.getShape().get(0);
    long out = kernel.getShape().get(2);
    long[] once = new long[2 * digits + 3];
    long[] both = new long[2 * digits + 3];
    int[] summed = new int[digits + 1];
    for (int digit = 0; digit < digits; digit++) {
      once[2 * digit + 1] = 2;
      once[2 * digit + 2] = 1;
      both[2 * digit + 1] = 2;
      both[2 * digit + 2] = 2;
      summed[digit + 1] = 2 * digit + 1;
    }
    once[0] = channels;
    both[0] = channels;
    once[2 * digits + 1] = wide;
    both[2 * digits + 1] = wide;
    once[2 * digits + 2] = out;
    both[2 * digits + 2] = out;
    long planes = channels << 2 * digits;
    NDArray perPlane =
        kernel.reshape(new Shape(once)).broadcast(new Shape(both)).reshape(planes, wide, out);
    NDArray products = features.reshape(planes, high, wide).batchMatMul(perPlane);
    both[2 * digits + 1] = high;
    return products.reshape(new Shape(both)).sum(summed).reshape(-1, out);
  }
}
