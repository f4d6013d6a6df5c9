package io.coppice.framework.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.convolutional.Convolution;
import ai.djl.training.ParameterStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Which units of a network, neurons or channels, still have a say. A hidden unit is dead
 *
 * <ul>
 *   <li>when it gives the same value whatever the example, as all weights that reach it from live
 *       units are 0, and that value is 0 or can be moved into the next layer's bias; or
 *   <li>when all weights that leave it towards live units are 0.
 * </ul>
 *
 * Both rules are followed through the whole network until nothing changes. The next layer must have
 * a bias to take a constant other than 0, and, being a convolution, no padding. Inputs and outputs
 * of the network are never dead. Where units pass through a block that is neither unit by unit nor
 * a linear layer or an ungrouped convolution (residual, recurrent, unknown), they all count as
 * live.
 */
public final class Liveness {
  private final List<Part> parts;
  private final Map<String, Long> nonzero = new LinkedHashMap<>();

  /**
   * What is live of one mixing element of the network's chain.
   *
   * @param outputs by neuron or channel
   * @param inputs by neuron or channel
   * @param offset what dead constant inputs add to each output
   */
  record Part(Block element, boolean[] outputs, boolean[] inputs, double[] offset) {}

  private Liveness(List<Part> parts, Network network) {
    this.parts = parts;
    for (Layer layer : network.layers()) {
      Part part = parts.stream().filter(p -> p.element() == layer.block()).findFirst().orElse(null);
      nonzero.put(layer.name(), count(layer, part));
    }
  }

  /** Follows the network's weights as they are. */
  public static Liveness of(Network network) {
    return new Liveness(new Trace(network).parts(), network);
  }

  private static long count(Layer layer, Part part) {
    float[] weight = layer.weight().toFloatArray();
    int inputs = Math.toIntExact(layer.inputs());
    int kernel = weight.length / Math.toIntExact(layer.outputs() * inputs);
    long count = 0;
    for (int i = 0; i < weight.length; i++) {
      int row = i / kernel / inputs;
      int column = i / kernel % inputs;
      boolean live = part == null || part.outputs()[row] && part.inputs()[column];
      count += live && weight[i] != 0 ? 1 : 0;
    }
    return count;
  }

  /** The layer's weights that are not 0 and join two live units. */
  public long nonzero(Layer layer) {
    return nonzero.get(layer.name());
  }

  /** All weights that are not 0 and join two live units. */
  public long nonzero() {
    return nonzero.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The hidden units that are dead. */
  public long deadUnits() {
    return parts.stream().mapToLong(part -> part.outputs().length - live(part.outputs())).sum();
  }

  static long live(boolean[] units) {
    return IntStream.range(0, units.length).filter(i -> units[i]).count();
  }

  List<Part> parts() {
    return parts;
  }

  /** One pass of constants from the inputs on, then one of use from the outputs back. */
  private static final class Trace {
    private final Network network;
    private final Chain chain;
    private final List<Stage> stages = new ArrayList<>();

    Trace(Network network) {
      this.network = network;
      this.chain = Chain.of(network.block());
      chain.links().forEach(link -> stages.add(new Stage(link)));
      for (int i = 0; i < stages.size(); i++) {
        followConstants(stages.get(i), i + 1 < stages.size() ? stages.get(i + 1) : null);
      }
      for (int i = stages.size() - 2; i >= 0; i--) {
        followUse(stages.get(i), stages.get(i + 1));
      }
    }

    List<Part> parts() {
      return stages.stream()
          .map(s -> new Part(s.link.mixing(), s.outputs, s.inputs, s.offset))
          .toList();
    }

    private void followConstants(Stage stage, Stage next) {
      boolean[] varies = stage.addConstants();
      if (next == null || !joined(stage, next)) {
        return;
      }
      float[] values = passOn(stage, varies);
      int size = values.length / varies.length;
      int columns = next.inputs.length / varies.length;
      for (int unit = 0; unit < varies.length; unit++) {
        float[] own = Arrays.copyOfRange(values, unit * size, (unit + 1) * size);
        stage.outputs[unit] = varies[unit] || !next.takes(own);
        for (int c = 0; c < columns; c++) {
          next.inputs[unit * columns + c] = stage.outputs[unit];
          next.constants[unit * columns + c] = own[c];
        }
      }
    }

    /** Whether the next stage reads this stage's units, each as one input or a run of inputs. */
    private boolean joined(Stage stage, Stage next) {
      return stage.link.after().stream().allMatch(e -> chain.role(e) == Chain.Role.KEEPS_APART)
          && next.inputs.length % stage.outputs.length == 0;
    }

    /** The constant units as the next stage reads them, each as a run of values. */
    private float[] passOn(Stage stage, boolean[] varies) {
      Shape shape = stage.link.mixing().getOutputShapes(stage.link.mixing().getInputShapes())[0];
      int positions = Math.toIntExact(shape.size() / varies.length);
      float[] values = new float[varies.length * positions];
      for (int unit = 0; unit < varies.length; unit++) {
        double value = varies[unit] ? 0 : stage.constant(unit);
        Arrays.fill(values, unit * positions, (unit + 1) * positions, (float) value);
      }
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        ParameterStore store = new ParameterStore(network.manager(), false);
        NDList signal = new NDList(network.manager().create(values, shape));
        for (Block element : stage.link.after()) {
          signal = element.forward(store, signal, false);
        }
        return signal.singletonOrThrow().toFloatArray();
      }
    }

    private void followUse(Stage stage, Stage next) {
      if (!joined(stage, next)) {
        return;
      }
      int columns = next.inputs.length / stage.outputs.length;
      boolean[] used = next.usedInputs();
      for (int unit = 0; unit < stage.outputs.length; unit++) {
        boolean any = false;
        for (int c = 0; c < columns; c++) {
          any |= used[unit * columns + c];
        }
        stage.outputs[unit] &= any;
        Arrays.fill(next.inputs, unit * columns, (unit + 1) * columns, stage.outputs[unit]);
      }
    }
  }

  /** One mixing element with its weights, while it is traced. */
  private static final class Stage {
    private final Chain.Link link;
    private final float[] weight;
    private final float[] bias;
    private final boolean[] outputs;
    private final boolean[] inputs;
    private final double[] constants;
    private final double[] offset;

    Stage(Chain.Link link) {
      this.link = link;
      Parameter parameter = link.mixing().getDirectParameters().get("weight");
      NDArray array = parameter.getArray();
      weight = array.toFloatArray();
      bias =
          link.mixing().getDirectParameters().contains("bias")
              ? link.mixing().getDirectParameters().get("bias").getArray().toFloatArray()
              : null;
      outputs = new boolean[Math.toIntExact(array.size(0))];
      inputs = new boolean[Math.toIntExact(array.size(1))];
      Arrays.fill(outputs, true);
      Arrays.fill(inputs, true);
      constants = new double[inputs.length];
      offset = new double[outputs.length];
    }

    /** Sums what constant inputs give to each output, and says which outputs vary. */
    boolean[] addConstants() {
      boolean[] varies = new boolean[outputs.length];
      int kernel = weight.length / outputs.length / inputs.length;
      for (int i = 0; i < weight.length; i++) {
        if (weight[i] != 0) {
          int row = i / kernel / inputs.length;
          int column = i / kernel % inputs.length;
          if (inputs[column]) {
            varies[row] = true;
          } else {
            offset[row] += weight[i] * constants[column];
          }
        }
      }
      return varies;
    }

    double constant(int unit) {
      return offset[unit] + (bias == null ? 0 : bias[unit]);
    }

    /** Whether this stage's bias can stand for an input unit that always has these values. */
    boolean takes(float[] values) {
      boolean zero = true;
      boolean even = true;
      for (float value : values) {
        zero &= value == 0;
        even &= value == values[0] && Float.isFinite(value);
      }
      if (link.mixing() instanceof Convolution convolution) {
        boolean padded =
            Arrays.stream(convolution.getPadding().getShape()).anyMatch(side -> side > 0);
        return zero || bias != null && even && !padded;
      }
      return zero || bias != null;
    }

    /** Which inputs a live output reads. */
    boolean[] usedInputs() {
      boolean[] used = new boolean[inputs.length];
      int kernel = weight.length / outputs.length / inputs.length;
      for (int i = 0; i < weight.length; i++) {
        if (weight[i] != 0 && outputs[i / kernel / inputs.length]) {
          used[i / kernel % inputs.length] = true;
        }
      }
      return used;
    }
  }
}
