package io.coppice.framework.sparsity;

import io.coppice.framework.recipe.RecipeException;
import io.coppice.framework.recipe.Require;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How the weights that stay are shared out among the layers. */
public sealed interface Allocation {

  /** The allocation's name in tables. */
  String name();

  /**
   * Who competes for how many weights; a layer stands in one budget at most, and stays whole in
   * none.
   *
   * @param keep the fraction of weights that stays in the end
   * @param now the fraction that stays at this moment, from {@code keep} to 1
   */
  List<Budget> budgets(List<LayerShape> layers, double keep, double now);

  /**
   * Layers that compete for one number of weights.
   *
   * @param kept how many weights stay in all of them together
   */
  record Budget(List<LayerShape> layers, long kept) {}

  /** The same fraction of every layer; the counts sum to that fraction of all weights. */
  record Uniform() implements Allocation {
    @Override
    public String name() {
      return "uniform";
    }

    @Override
    public List<Budget> budgets(List<LayerShape> layers, double keep, double now) {
      double[] shares = layers.stream().mapToDouble(layer -> now * layer.size()).toArray();
      return Shares.budgets(layers, shares, now);
    }
  }

  /**
   * Erdős–Rényi: a layer's density is in proportion to (in + out) / (in · out), at most 1; the
   * counts sum to the fraction of all weights. Mocanu et al. 2018, scaled as in Evci et al. 2020,
   * section 3.
   */
  record ErdosRenyi() implements Allocation {
    @Override
    public String name() {
      return "er";
    }

    @Override
    public List<Budget> budgets(List<LayerShape> layers, double keep, double now) {
      return Shares.inProportion(
          layers,
          now,
          shape -> (double) (shape.get(0) + shape.get(1)) / (shape.get(0) * shape.get(1)));
    }
  }

  /**
   * Erdős–Rényi kernel: a layer's density is in proportion to (in + out + kernel width + kernel
   * height) / (in · out · width · height), at most 1; {@link ErdosRenyi} for linear layers. Evci et
   * al. 2020, section 3.
   */
  record ErdosRenyiKernel() implements Allocation {
    @Override
    public String name() {
      return "erk";
    }

    @Override
    public List<Budget> budgets(List<LayerShape> layers, double keep, double now) {
      return Shares.inProportion(
          layers,
          now,
          shape -> {
            double sum = 0;
            for (long length : shape.getShape()) {
              sum += length;
            }
            return sum / shape.size();
          });
    }
  }

  /** One budget for all layers: the best weights of the whole network stay. */
  record Global() implements Allocation {
    @Override
    public String name() {
      return "global";
    }

    @Override
    public List<Budget> budgets(List<LayerShape> layers, double keep, double now) {
      return List.of(new Budget(layers, Shares.total(layers, now)));
    }
  }

  /**
   * Layers named with a density of their own; the rest is shared out by another allocation as if it
   * were the whole network. On the way there a named layer's sparsity grows in step with the rest.
   *
   * @param densities the fraction of a layer's weights that stays in the end, by layer name
   */
  record PerLayer(Map<String, Double> densities, Allocation rest) implements Allocation {
    public PerLayer {
      densities = Map.copyOf(densities);
      densities.forEach((layer, density) -> Require.fraction("density of " + layer, density));
    }

    @Override
    public String name() {
      List<String> named = new ArrayList<>();
      new TreeMap<>(densities)
          .forEach((layer, density) -> named.add(layer + " " + Percent.of(density)));
      return rest.name() + " (" + String.join(", ", named) + ")";
    }

    @Override
    public List<Budget> budgets(List<LayerShape> layers, double keep, double now) {
      List<String> names = layers.stream().map(LayerShape::name).toList();
      for (String name : densities.keySet()) {
        if (!names.contains(name)) {
          throw RecipeException.of("layer", name, String.join(", ", names));
        }
      }
      List<Budget> budgets = new ArrayList<>();
      List<LayerShape> others = new ArrayList<>();
      for (LayerShape layer : layers) {
        if (densities.containsKey(layer.name())) {
          double density = 1 - (1 - densities.get(layer.name())) * (1 - now) / (1 - keep);
          budgets.add(new Budget(List.of(layer), Math.round(density * layer.size())));
        } else {
          others.add(layer);
        }
      }
      if (!others.isEmpty()) {
        budgets.addAll(rest.budgets(others, keep, now));
      }
      return budgets;
    }
  }

  /**
   * Some layers shared out by another allocation as if they were the whole network; the others stay
   * whole.
   *
   * @param layers their names
   */
  record Among(List<String> layers, Allocation inner) implements Allocation {
    public Among {
      layers = List.copyOf(layers);
      Require.that(!layers.isEmpty(), "layers", layers, "at least one layer's name");
    }

    @Override
    public String name() {
      String shared = inner instanceof Uniform ? "" : inner.name() + " ";
      return shared + "of " + String.join(", ", layers);
    }

    @Override
    public List<Budget> budgets(List<LayerShape> all, double keep, double now) {
      List<String> names = all.stream().map(LayerShape::name).toList();
      for (String layer : layers) {
        Require.that(names.contains(layer), "layer", layer, String.join(", ", names));
      }
      List<LayerShape> chosen =
          all.stream().filter(layer -> layers.contains(layer.name())).toList();
      return inner.budgets(chosen, keep, now);
    }
  }
}
