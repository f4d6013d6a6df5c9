package io.coppice.framework.sparsity;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Turns shares of a total into whole numbers of weights. */
final class Shares {
  private Shares() {}

  /** The weights that stay of all layers together. */
  static long total(List<LayerShape> layers, double density) {
    return Math.round(density * layers.stream().mapToLong(LayerShape::size).sum());
  }

  /**
   * Layer densities min(1, ε · raw) with the ε that meets the total: layers that would exceed 1 are
   * dense, and ε is solved again for the rest.
   */
  static List<Allocation.Budget> inProportion(
      List<LayerShape> layers, double density, ToDoubleFunction<Shape> raw) {
    double[] shares = new double[layers.size()];
    boolean[] dense = new boolean[layers.size()];
    boolean solved = false;
    while (!solved) {
      double open = total(layers, density);
      double weighted = 0;
      for (int i = 0; i < shares.length; i++) {
        LayerShape layer = layers.get(i);
        open -= dense[i] ? layer.size() : 0;
        weighted += dense[i] ? 0 : raw.applyAsDouble(layer.shape()) * layer.size();
      }
      solved = true;
      for (int i = 0; i < shares.length; i++) {
        LayerShape layer = layers.get(i);
        if (!dense[i]) {
          double layerDensity = open / weighted * raw.applyAsDouble(layer.shape());
          dense[i] = layerDensity >= 1;
          solved &= !dense[i];
          shares[i] = Math.min(1, layerDensity) * layer.size();
        }
      }
    }
    return budgets(layers, shares, density);
  }

  /**
   * A budget for each layer by the largest remainders: each share rounded down or up, so that all
   * sum to the total.
   */
  static List<Allocation.Budget> budgets(List<LayerShape> layers, double[] shares, double density) {
    long[] counts = new long[shares.length];
    long left = total(layers, density);
    for (int i = 0; i < counts.length; i++) {
      counts[i] = (long) shares[i];
      left -= counts[i];
    }
    IntStream.range(0, counts.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> counts[i] - shares[i]))
        .limit(left)
        .forEach(i -> counts[i]++);
    List<Allocation.Budget> budgets = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      budgets.add(new Allocation.Budget(List.of(layers.get(i)), counts[i]));
    }
    return budgets;
  }
}
