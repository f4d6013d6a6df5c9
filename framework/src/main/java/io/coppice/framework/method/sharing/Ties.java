package io.coppice.framework.method.sharing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.HashMap;
import java.util.Map;

/** Which weights of one layer are equal, and how they move together. */
final class Ties {
  private static final int ZERO = 0;

  private final Shape shape;
  private final NDManager manager;

  /** Each weight's group, 0 for the weights that are 0; kept as an array for checkpoints. */
  private final NDArray stored;

  private final int[] group;
  private int[] count = {};

  /** Nothing is tied yet. */
  Ties(Shape shape, NDManager manager) {
    this.shape = shape;
    this.manager = manager;
    this.stored = manager.zeros(shape);
    this.group = new int[Math.toIntExact(shape.size())];
  }

  NDArray stored() {
    return stored;
  }

  /** Ties the weights that are equal now. */
  void tie(NDArray weight) {
    float[] values = weight.toFloatArray();
    Map<Float, Integer> groups = new HashMap<>();
    groups.put(0f, ZERO);
    float[] numbers = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      float value = values[i] + 0f;
      Integer known = groups.putIfAbsent(value, groups.size());
      numbers[i] = known == null ? groups.size() - 1 : known;
    }
    write(numbers, stored);
    restored();
  }

  /** Reads the groups from {@link #stored} again. */
  void restored() {
    float[] numbers = stored.toFloatArray();
    int groups = 1;
    for (int i = 0; i < numbers.length; i++) {
      group[i] = (int) numbers[i];
      groups = Math.max(groups, group[i] + 1);
    }
    count = new int[groups];
    for (int number : group) {
      count[number]++;
    }
  }

  /** Whether every weight is 0. */
  boolean allZero() {
    return count.length == 1;
  }

  /** Gives every weight of a group the group's mean, and those of the zeros 0. */
  void average(NDArray values) {
    float[] each = values.toFloatArray();
    double[] sums = new double[count.length];
    for (int i = 0; i < each.length; i++) {
      sums[group[i]] += each[i];
    }
    sums[ZERO] = 0;
    for (int i = 0; i < each.length; i++) {
      each[i] = (float) (sums[group[i]] / count[group[i]]);
    }
    write(each, values);
  }

  private void write(float[] values, NDArray target) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      manager.create(values, shape).copyTo(target);
    }
  }
}
