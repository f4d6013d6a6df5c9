package io.coppice.framework.network;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import io.coppice.framework.data.DataException;
import io.coppice.framework.display.Displayable;
import io.coppice.framework.display.Wrapped;
import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.ops.Topology;
import io.coppice.framework.optimize.EngineSupport;
import io.coppice.framework.recipe.RecipeException;
import io.coppice.framework.recipe.Require;
import io.coppice.framework.storage.AtomicFile;
import io.coppice.framework.storage.NamedArrays;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A DJL block with its weights initialised and its prunable layers named. */
public final class Network implements AutoCloseable, Displayable {
  private final Model model;
  private final Shape sample;
  private final int classes;
  private final NDManager manager;
  private final Block block;
  private final StoredLayers stored;
  private final List<Layer> dense;
  private List<Layer> layers;
  private List<Block> passed;

  private Network(Model model, Shape sample, int classes, long seed, NDManager manager) {
    this.model = model;
    this.sample = sample;
    this.classes = classes;
    this.manager = manager;
    DrawnBlock drawn = DrawnBlock.of(model, sample, classes, seed, manager);
    this.block = drawn.block();
    this.dense =
        drawn.weights().stream().filter(layer -> layer.parameter().requiresGradient()).toList();
    this.layers = dense;
    this.passed = Chain.of(block).elements();
    this.stored = new StoredLayers(block, passed, manager);
  }

  /**
   * Builds the model and draws its weights; the same seed gives the same bits. Weights that the
   * model's block brings with it stay as they are, and frozen ones are not among {@link #layers}.
   *
   * @param sample the shape of one example, without the batch
   * @param parent the manager the network's memory belongs to
   * @throws RecipeException when the model does not map such examples to so many classes
   */
  public static Network initialise(
      Model model, Shape sample, int classes, long seed, NDManager parent) {
    EngineSupport.find().start();
    Engine.getInstance().setRandomSeed(Math.floorMod(seed, Integer.MAX_VALUE));
    NDManager manager = parent.newSubManager();
    try {
      return new Network(model, sample, classes, seed, manager);
    } catch (RecipeException e) {
      manager.close();
      throw e;
    } catch (RuntimeException e) {
      manager.close();
      String message = model.name() + " cannot read examples of " + sample + ": " + e.getMessage();
      throw (RecipeException) new RecipeException(message).initCause(e);
    }
  }

  /** Copies values into a parameter's own memory, where DJL's {@code set} would swap it. */
  static void write(Parameter parameter, float[] values) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray array = parameter.getArray();
      array.getManager().create(values, parameter.getShape()).copyTo(array);
    }
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
    return stored.parameters();
  }

  /** Maps [batch, sample...] to logits [batch, classes] with the weights as they are. */
  public NDArray forward(NDArray batch, boolean training) {
    return forward(batch, training, EffectiveWeights.IDENTITY);
  }

  /** Maps [batch, sample...] to logits [batch, classes] with W̃ in W's place. */
  public NDArray forward(NDArray batch, boolean training, EffectiveWeights weights) {
    EffectiveStore store = new EffectiveStore(manager, layers, weights);
    NDList data = new NDList(batch);
    for (Block element : passed) {
      data = element.forward(store, data, training);
    }
    return data.singletonOrThrow();
  }

  /**
   * A new, smaller network without the dead units of {@link Liveness}, which gives the same outputs
   * to a relative 1e-5: checked on random examples before it is returned. Inputs stay inputs. Its
   * memory belongs to the same parent as this network's.
   *
   * @throws RecipeException when the block is no row of layers that Coppice understands
   */
  public Network compact() {
    return new Compaction(this).run();
  }

  /**
   * The same function run in another way, such as layer by layer in the form that is fastest here.
   *
   * @param execution makes the other form; it may go on using this network's memory
   */
  public <F> F execute(Function<? super Network, ? extends F> execution) {
    return execution.apply(this);
  }

  /**
   * The blocks that data pass through one after the other, nested sequences taken apart; the whole
   * block alone where it is no sequence.
   */
  public List<Block> elements() {
    return passed;
  }

  /**
   * Whether {@link #store} can serve a layer: a {@link Replaceable} one that is one of the {@link
   * #elements}, once.
   */
  public boolean canStore(Layer layer) {
    return stored.canStore(layer);
  }

  /**
   * Lets only the kept values of a layer's weight exist, in a {@link
   * io.coppice.framework.blocks.SparseBlock} that takes the dense block's place, until {@link
   * #densify}. With them the parameters hold the topology, which a sparsifier may move.
   *
   * @return the layer as it is from now on
   * @throws RecipeException when it is none that {@link #canStore} allows
   */
  public Layer store(Layer layer, Topology topology, SparseOps ops) {
    Require.that(
        canStore(layer),
        "layer to store",
        layer.name(),
        "a linear one or a plain convolution in a row of blocks");
    Layer now = stored.store(layer, topology, ops);
    layers = layers.stream().map(other -> other == layer ? now : other).toList();
    passed = stored.elements();
    return now;
  }

  /** Takes the topologies of stored layers from the parameters, after these have been written. */
  public void reindex() {
    stored.reindex();
  }

  /** Makes every stored layer dense again, with 0 where no weight was kept. */
  public void densify() {
    stored.densify();
    layers = dense;
    passed = stored.elements();
  }

  /** The live values of {@link #parameters}, in their order. */
  public Map<String, NDArray> arrays() {
    Map<String, NDArray> arrays = new LinkedHashMap<>();
    parameters().forEach((name, parameter) -> arrays.put(name, parameter.getArray()));
    return arrays;
  }

  /** The live arrays that an optimiser moves, by the ids of their parameters, in a fixed order. */
  public Map<String, NDArray> trainable() {
    Map<String, NDArray> trainable = new LinkedHashMap<>();
    for (Parameter parameter : parameters().values()) {
      if (parameter.requiresGradient()) {
        trainable.put(parameter.getId(), parameter.getArray());
      }
    }
    return trainable;
  }

  /** Writes all parameters to a safetensors file, exact zeros included, atomically. */
  public void save(Path file) throws IOException {
    AtomicFile.write(file, NamedArrays.encode(arrays()));
  }

  /**
   * Overwrites all parameters with those of a file that {@link #save} wrote.
   *
   * @throws DataException when the file is absent, damaged or another network's; the parameters are
   *     then untouched
   */
  public void load(Path file) {
    try {
      NamedArrays.decodeInto(arrays(), AtomicFile.read(file), manager);
    } catch (FileNotFoundException e) {
      throw new DataException("there is no weight file " + file, e);
    } catch (IOException e) {
      throw new DataException(file + " cannot be read: " + e.getMessage(), e);
    }
    reindex();
  }

  /** A table of the layers with their shapes, outputs, weights and densities. */
  @Override
  public String toString() {
    return toText(Wrapped.USUAL_WIDTH);
  }

  /** The same table in lines of at most {@code width} characters. */
  @Override
  public String toText(int width) {
    return Summary.of(this).toText(width);
  }

  /** The same table as part of a page, the densities also as bars. */
  @Override
  public String toHtml() {
    return Summary.of(this).toHtml();
  }

  @Override
  public void close() {
    manager.close();
  }
}
