package io.coppice.framework.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.convolutional.Convolution;
import ai.djl.nn.core.Linear;
import ai.djl.util.Pair;
import io.coppice.framework.recipe.RecipeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A DJL block with its weights initialised and its prunable layers named. */
public final class Network implements AutoCloseable {
  private final Model model;
  private final Shape sample;
  private final int classes;
  private final NDManager manager;
  private final Block block;
  private final List<Layer> layers;
  private final Map<String, Layer> layersById;

  private Network(Model model, Shape sample, int classes, NDManager manager) {
    this.model = model;
    this.sample = sample;
    this.classes = classes;
    this.manager = manager;
    this.block = model.block(sample, classes);
    block.initialize(manager, DataType.FLOAT32, new Shape(1).addAll(sample));
    this.layers = List.copyOf(findLayers(block, new TreeMap<>(), new ArrayList<>()));
    this.layersById = new TreeMap<>();
    layers.forEach(layer -> layersById.put(layer.parameter().getId(), layer));
  }

  /**
   * Builds the model and draws its weights; the same seed gives the same bits.
   *
   * @param sample the shape of one example, without the batch
   * @param parent the manager the network's memory belongs to
   */
  public static Network initialise(
      Model model, Shape sample, int classes, long seed, NDManager parent) {
    Network network = new Network(model, sample, classes, parent.newSubManager());
    for (Layer layer : network.layers) {
      Random random = new Random(31 * seed + layer.name().hashCode());
      layer.weight().set(model.initialization().sample(layer.shape(), random));
      if (layer.bias() != null) {
        layer.bias().getArray().set(new float[(int) layer.bias().getShape().size()]);
      }
    }
    network.parameters().values().stream()
        .filter(Parameter::requiresGradient)
        .forEach(parameter -> parameter.getArray().setRequiresGradient(true));
    return network;
  }

  private static List<Layer> findLayers(
      Block block, Map<String, Integer> ordinals, List<Layer> found) {
    List<Parameter> direct = block.getDirectParameters().values();
    List<Parameter> weights = direct.stream().filter(Network::isPrunable).toList();
    if (!weights.isEmpty()) {
      String kind = kind(block);
      String name = kind + ordinals.merge(kind, 1, Integer::sum);
      for (Parameter weight : weights) {
        Parameter bias =
            direct.stream()
                .filter(p -> p != weight)
                .filter(p -> p.getName().equals(weight.getName().replace("weight", "bias")))
                .findFirst()
                .orElse(null);
        String suffix = weights.size() > 1 ? "." + weight.getName() : "";
        found.add(new Layer(name + suffix, block, weight, bias));
      }
    }
    for (Pair<String, Block> child : block.getChildren()) {
      findLayers(child.getValue(), ordinals, found);
    }
    return found;
  }

  private static boolean isPrunable(Parameter parameter) {
    return parameter.getType() == Parameter.Type.WEIGHT && parameter.getShape().dimension() > 1;
  }

  private static String kind(Block block) {
    if (block instanceof Linear) {
      return "fc";
    }
    return block instanceof Convolution
        ? "conv"
        : block.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  public Model model() {
    return model;
  }

  /** The shape of one example, without the batch. */
  public Shape sample() {
    return sample;
  }

  public int classes() {
    return classes;
  }

  public NDManager manager() {
    return manager;
  }

  public Block block() {
    return block;
  }

  /** The prunable weights in the order data flows. */
  public List<Layer> layers() {
    return layers;
  }

  /**
   * The layer of this name.
   *
   * @throws RecipeException when there is none
   */
  public Layer layer(String name) {
    return layers.stream()
        .filter(layer -> layer.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                RecipeException.of(
                    "layer", name, String.join(", ", layers.stream().map(Layer::name).toList())));
  }

  /** Every parameter by its path, prunable or not, in a fixed order. */
  public Map<String, Parameter> parameters() {
    Map<String, Parameter> parameters = new LinkedHashMap<>();
    block.getParameters().forEach(pair -> parameters.put(pair.getKey(), pair.getValue()));
    return parameters;
  }

  /** Maps [batch, sample...] to logits [batch, classes] with the weights as they are. */
  public NDArray forward(NDArray batch, boolean training) {
    return forward(batch, training, EffectiveWeights.IDENTITY);
  }

  /** Maps [batch, sample...] to logits [batch, classes] with W̃ in W's place. */
  public NDArray forward(NDArray batch, boolean training, EffectiveWeights weights) {
    EffectiveStore store = new EffectiveStore(manager, layersById, weights);
    return block.forward(store, new NDList(batch), training).singletonOrThrow();
  }

  @Override
  public void close() {
    manager.close();
  }
}
