package io.coppice.framework.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import java.util.Random;

/** A part of a data set as one tensor; batches are gathered by index. */
public final class TensorExamples {
  private final NDArray features;
  private final NDArray targets;
  private final int[] labels;
  private final Shape sample;

  /**
   * Copies the examples into {@code manager}'s memory.
   *
   * @param labelSmoothing the share of a target's mass spread evenly over all classes
   */
  public TensorExamples(Examples examples, int classes, double labelSmoothing, NDManager manager) {
    sample = examples.sample();
    labels = examples.labels();
    features = manager.create(examples.features(), new Shape(examples.count(), sample.size()));
    float[] oneHot = new float[examples.count() * classes];
    java.util.Arrays.fill(oneHot, (float) (labelSmoothing / classes));
    for (int i = 0; i < labels.length; i++) {
      oneHot[i * classes + labels[i]] += (float) (1 - labelSmoothing);
    }
    targets = manager.create(oneHot, new Shape(labels.length, classes));
  }

  public int count() {
    return labels.length;
  }

  /** Of the targets: [examples, classes]. */
  public Shape targetShape() {
    return targets.getShape();
  }

  /**
   * Mixes other class probabilities into the targets, for good: (1 − share) · target + share ·
   * probability.
   *
   * @param probabilities [examples, classes]
   */
  public void mix(NDArray probabilities, double share) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      targets.muli(1 - share).addi(probabilities.mul(share));
    }
  }

  public int[] labels() {
    return labels;
  }

  /** The positions 0..count-1, shuffled. */
  public int[] shuffled(Random random) {
    int[] order = new int[count()];
    for (int i = 0; i < order.length; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /** The examples at {@code order[from..to)} as a batch in {@code manager}'s memory. */
  public Batch gather(int[] order, int from, int to, NDManager manager) {
    long[] positions = new long[to - from];
    for (int i = from; i < to; i++) {
      positions[i - from] = order[i];
    }
    NDArray index = manager.create(positions);
    return new Batch(
        rows(features, index).reshape(new Shape(to - from).addAll(sample)), rows(targets, index));
  }

  private static NDArray rows(NDArray table, NDArray index) {
    return index
        .getNDArrayInternal()
        .embedding(index, table, SparseFormat.DENSE)
        .singletonOrThrow();
  }

  /** The examples from {@code from} to {@code to} in their stored order, without a copy. */
  public NDArray slice(int from, int to) {
    return features.get(from + ":" + to).reshape(new Shape(to - from).addAll(sample));
  }
}
