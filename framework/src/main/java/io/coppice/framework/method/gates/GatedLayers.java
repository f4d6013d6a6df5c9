package io.coppice.framework.method.gates;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import io.coppice.framework.network.Constant;
import io.coppice.framework.network.Layer;
import io.coppice.framework.network.Network;
import io.coppice.framework.recipe.RecipeException;
import io.coppice.framework.recipe.Require;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The layers that carry gates and what their gates leave of them. With one gate per neuron the
 * layers must form a chain, each reading what the one before writes and nothing else: a closed
 * neuron takes its column of W and its row of the W before with it, so a₀·a₁ + a₁·a₂ + a₂·classes
 * weights stay of aᵢ open inputs.
 */
final class GatedLayers {
  private final Gating gating;
  private final List<Layer> layers;
  private final Map<String, Integer> positions = new LinkedHashMap<>();

  private GatedLayers(Gating gating, List<Layer> layers) {
    this.gating = gating;
    this.layers = layers;
    for (int i = 0; i < layers.size(); i++) {
      positions.put(layers.get(i).name(), i);
    }
  }

  /**
   * The layers of these names, in the network's order.
   *
   * @param names none for every fully connected layer
   * @throws RecipeException when a name is unknown, nothing is left to gate, or neurons are to be
   *     gated and the layers do not chain
   */
  static GatedLayers of(Network network, Gating gating, List<String> names) {
    names.forEach(network::layer);
    List<Layer> chosen =
        network.layers().stream()
            .filter(
                layer ->
                    names.isEmpty()
                        ? layer.block() instanceof Linear
                        : names.contains(layer.name()))
            .toList();
    Require.that(!chosen.isEmpty(), "layers", names, "at least one layer with a weight to gate");
    for (int i = 1; gating == Gating.NEURONS && i < chosen.size(); i++) {
      requireChain(chosen.get(i - 1), chosen.get(i));
    }
    return new GatedLayers(gating, chosen);
  }

  private static void requireChain(Layer before, Layer after) {
    if (before.outputs() != after.inputs()) {
      throw new RecipeException(
          ("neuron gates on %s %s and %s %s; allowed: layers that chain, each with as many"
                  + " inputs as the one before has outputs")
              .formatted(before.name(), before.shape(), after.name(), after.shape()));
    }
  }

  int count() {
    return layers.size();
  }

  Layer get(int position) {
    return layers.get(position);
  }

  /** Values, one per layer with gates, by the layers' names. */
  <T> Map<String, T> byName(List<T> values) {
    Map<String, T> named = new LinkedHashMap<>();
    for (int i = 0; i < values.size(); i++) {
      named.put(layers.get(i).name(), values.get(i));
    }
    return named;
  }

  /** The position of a layer, or empty when it carries no gates. */
  Optional<Integer> position(Layer layer) {
    return Optional.ofNullable(positions.get(layer.name()));
  }

  /**
   * A layer with gates.
   *
   * @throws RecipeException when the layer of this name has none
   */
  void requireGated(String name) {
    Require.that(positions.containsKey(name), "layer", name, String.join(", ", positions.keySet()));
  }

  /** The shape of a layer's gates, which broadcasts over its W. */
  Shape gateShape(int position) {
    Shape weight = layers.get(position).shape();
    if (gating == Gating.CONNECTIONS) {
      return weight;
    }
    long[] shape = new long[weight.dimension()];
    Arrays.fill(shape, 1);
    shape[1] = weight.get(1);
    return new Shape(shape);
  }

  /** The shape of {@link #matrix}. */
  Shape matrixShape(int position) {
    Layer layer = layers.get(position);
    long rows = gating == Gating.CONNECTIONS ? layer.outputs() : layer.size() / layer.inputs();
    return new Shape(rows, layer.size() / rows);
  }

  /** W as a switcher reads it: one row per output, one column per input where neurons are gated. */
  NDArray matrix(int position, NDArray weight) {
    boolean inputsLast = gating == Gating.CONNECTIONS || weight.getShape().dimension() == 2;
    NDArray led = inputsLast ? weight : weight.swapAxes(0, 1).flatten(1, -1).transpose();
    return led.reshape(matrixShape(position));
  }

  /**
   * A differentiable stand-in for the share of weights that stay: each layer's effective share of
   * open gates, for neurons times the next layer's, weighted by the layer's size.
   *
   * @param shares one per layer
   */
  NDArray effectiveShare(List<NDArray> shares) {
    NDArray sum = null;
    for (int i = 0; i < shares.size(); i++) {
      double size = (double) layers.get(i).size() / weights();
      NDArray share = shares.get(i).mul(Constant.of(shares.get(i), size));
      if (gating == Gating.NEURONS && i + 1 < shares.size()) {
        share = share.mul(shares.get(i + 1));
      }
      sum = sum == null ? share : sum.add(share);
    }
    return sum;
  }

  /** How many weights of its own layer one gate holds. */
  long groupSize(int position) {
    return layers.get(position).size() / gateShape(position).size();
  }

  /** All weights of the gated layers. */
  long weights() {
    return layers.stream().mapToLong(Layer::size).sum();
  }

  /** The number of open gates of each layer. */
  static long[] open(List<NDArray> gates) {
    return gates.stream().mapToLong(GatedLayers::open).toArray();
  }

  /** The gates above 0. Rows are counted in 32 bits, which is fast, and added up in 64: exactly. */
  static long open(NDArray gates) {
    NDArray perRow = gates.sign().sum(new int[] {-1});
    return (long) perRow.toType(DataType.FLOAT64, false).sum().getDouble();
  }

  /** The number of weights that stay when so many gates of each layer are open. */
  long kept(long[] open) {
    long kept = 0;
    for (int i = 0; i < open.length; i++) {
      if (gating == Gating.CONNECTIONS) {
        kept += open[i];
      } else {
        Layer layer = layers.get(i);
        long outputs = i + 1 < open.length ? open[i + 1] : layer.outputs();
        kept += open[i] * outputs * (layer.size() / layer.inputs() / layer.outputs());
      }
    }
    return kept;
  }

  /** Says which layer has no open gate, if one has none. */
  Optional<String> shut(long[] open) {
    for (int i = 0; i < open.length; i++) {
      if (open[i] == 0) {
        return Optional.of("all gates of " + layers.get(i).name() + " are closed");
      }
    }
    return Optional.empty();
  }

  /**
   * W∘Z of a layer, with the rows of neurons that the next layer's gates close set to 0 too. A
   * closed gate leaves 0, never −0, so that the bits of what is removed are zeros.
   */
  NDArray finished(int position, NDArray weight, List<NDArray> gates) {
    NDArray gated = weight.mul(gates.get(position)).add(0f);
    if (gating == Gating.CONNECTIONS || position + 1 == layers.size()) {
      return gated;
    }
    long[] rows = new long[weight.getShape().dimension()];
    Arrays.fill(rows, 1);
    rows[0] = weight.getShape().get(0);
    NDArray read = gates.get(position + 1).neq(0).toType(weight.getDataType(), false);
    return gated.mul(read.reshape(new Shape(rows))).add(0f);
  }

  /**
   * A budget of weights that can be met with a gate open in every layer.
   *
   * @throws RecipeException when it cannot
   */
  long requireBudget(long budget) {
    long[] one = new long[layers.size()];
    Arrays.fill(one, 1);
    return Require.that(budget >= kept(one), "budget", budget, "at least " + kept(one));
  }

  /**
   * Closes the smallest gates of all layers, the first of equals first, until at most {@code
   * budget} weights stay; every layer keeps its largest gate.
   */
  void closeTo(long budget, List<NDArray> gates) {
    long[] open = open(gates);
    if (kept(open) <= budget) {
      return;
    }
    float[][] values = new float[gates.size()][];
    int[] starts = new int[gates.size() + 1];
    for (int i = 0; i < values.length; i++) {
      values[i] = gates.get(i).toFloatArray();
      starts[i + 1] = starts[i] + values[i].length;
    }
    for (long key : ascending(values)) {
      int index = (int) key;
      int layer = Arrays.binarySearch(starts, index);
      layer = layer < 0 ? -layer - 2 : layer;
      if (open[layer] > 1) {
        values[layer][index - starts[layer]] = 0;
        open[layer]--;
        if (kept(open) <= budget) {
          break;
        }
      }
    }
    for (int i = 0; i < values.length; i++) {
      gates.get(i).set(values[i]);
    }
  }

  /** The open gates as (bits of the value, running index), which sort by value, then by index. */
  private static long[] ascending(float[][] values) {
    long[] keys = new long[Arrays.stream(values).mapToInt(layer -> layer.length).sum()];
    int index = 0;
    int count = 0;
    for (float[] layer : values) {
      for (float value : layer) {
        if (value != 0) {
          keys[count++] = (long) Float.floatToIntBits(value) << 32 | index;
        }
        index++;
      }
    }
    long[] sorted = Arrays.copyOf(keys, count);
    Arrays.sort(sorted);
    return sorted;
  }
}
