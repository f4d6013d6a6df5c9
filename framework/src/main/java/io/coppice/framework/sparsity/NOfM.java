package io.coppice.framework.sparsity;

import ai.djl.ndarray.types.Shape;
import io.coppice.framework.recipe.RecipeException;
import io.coppice.framework.recipe.Require;
import java.util.List;

/**
 * Of every {@code m} neighbours along an axis exactly {@code n} stay; on the way there, while a
 * schedule still asks for more, more of every {@code m}.
 */
public record NOfM(int n, int m, Axis axis) implements Granularity {

  /** The dimension of [out, in, kernel...] along which neighbours lie. */
  public enum Axis {
    OUTPUT,
    INPUT
  }

  public NOfM {
    Require.atLeast("m", m, 2);
    Require.that(n >= 1 && n < m, "n", n, "1 to " + (m - 1));
  }

  /** Neighbours along the inputs, as sparse tensor cores have them. */
  public static NOfM alongInputs(int n, int m) {
    return new NOfM(n, m, Axis.INPUT);
  }

  /** The fraction of weights that stay. */
  public double keep() {
    return (double) n / m;
  }

  @Override
  public String name() {
    return n + ":" + m + (axis == Axis.OUTPUT ? " over outputs" : "");
  }

  @Override
  public void requireFit(Allocation allocation, double keep) {
    Require.that(
        Math.abs(keep - keep()) < 1e-9,
        "keep",
        keep,
        keep() + ", which is what " + name() + " keeps");
    Allocation rest = allocation instanceof Allocation.PerLayer named ? named.rest() : allocation;
    Require.that(
        rest instanceof Allocation.Uniform,
        "allocation",
        allocation.name(),
        "uniform, as " + name() + " keeps the same in every layer");
  }

  @Override
  public void requireFit(LayerShape layer, long kept) {
    if (kept == layer.size()) {
      return;
    }
    long length = layer.shape().get(axis.ordinal());
    if (length % m != 0) {
      throw new RecipeException(
          layer.name()
              + " has "
              + length
              + " weights along its "
              + axis
              + " axis; allowed with "
              + name()
              + ": a multiple of "
              + m
              + ", or keeping the layer dense by name");
    }
    Require.that(
        kept * m == layer.size() * n,
        "density of " + layer.name(),
        (double) kept / layer.size(),
        "1 or " + keep() + " with " + name());
  }

  @Override
  public List<Mask> choose(List<Scored> layers, long budget) {
    Require.that(layers.size() == 1, "layers", layers.size(), "one, as N:M layers do not compete");
    Scored layer = layers.get(0);
    long size = layer.mask().size();
    int stay = Math.toIntExact((budget * m + size - 1) / size);
    boolean[] keeps = new boolean[layer.mask().size()];
    Shape shape = layer.mask().shape();
    int length = Math.toIntExact(shape.get(axis.ordinal()));
    int stride = Math.toIntExact(shape.slice(axis.ordinal() + 1).size());
    for (int first = 0; first < keeps.length; first++) {
      if (first / stride % length % m == 0) {
        keepBest(layer, first, stride, stay, keeps);
      }
    }
    return List.of(new Mask(shape, keeps));
  }

  private void keepBest(Scored layer, int first, int stride, int stay, boolean[] keeps) {
    for (int round = 0; round < stay; round++) {
      int best = -1;
      for (int i = first; i < first + m * stride; i += stride) {
        boolean open = layer.mask().keeps(i) && !keeps[i];
        if (open && (best < 0 || layer.scores()[i] > layer.scores()[best])) {
          best = i;
        }
      }
      if (best >= 0) {
        keeps[best] = true;
      }
    }
  }
}
