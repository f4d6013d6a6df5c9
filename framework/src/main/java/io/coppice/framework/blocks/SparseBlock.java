package io.coppice.framework.blocks;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import ai.djl.util.PairList;
import io.coppice.framework.autograd.Autograd;
import io.coppice.framework.autograd.CustomOperation;
import io.coppice.framework.ops.ConvolutionShape;
import io.coppice.framework.ops.FloatMemory;
import io.coppice.framework.ops.Floats;
import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.ops.Topology;
import io.coppice.framework.recipe.RecipeException;
import io.coppice.framework.recipe.Require;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;

/**
 * A layer with a sparse matrix of weights, of which only the kept values exist: they are the
 * parameter {@code values}, in the order of the {@link Topology}. It trains under {@link
 * Autograd#gradientCollector}.
 */
public abstract sealed class SparseBlock extends AbstractBlock permits SparseLinear, SparseConv2d {
  private static final byte VERSION = 1;

  private final Autograd autograd = Autograd.find();
  private final Function<Device, SparseOps> homes;
  private final boolean relu;
  private final Parameter values;
  private final Parameter bias;
  private final TopologyParameters index = new TopologyParameters();
  private final Products products;
  private NDArray wholeGradient;

  /**
   * What is to be made.
   *
   * @param homes of the operations
   * @param bias null for none
   */
  record Parts(
      Topology topology,
      Function<Device, SparseOps> homes,
      boolean relu,
      Initializer values,
      Initializer bias) {}

  SparseBlock(Parts parts) {
    super(VERSION);
    homes = parts.homes();
    relu = parts.relu();
    products = new Products(autograd, homes, parts.topology(), this::output, relu);
    // of no type that DJL's configurations draw by a weight's shape: it does not tell the fan-in
    values = addParameter(parameter("values", Parameter.Type.OTHER, parts.values()));
    bias =
        parts.bias() == null
            ? null
            : addParameter(parameter("bias", Parameter.Type.BIAS, parts.bias()));
    addParameter(index.starts());
    addParameter(index.indices());
  }

  private static Parameter parameter(String name, Parameter.Type type, Initializer initializer) {
    return Parameter.builder().setName(name).setType(type).optInitializer(initializer).build();
  }

  /** The convolution of inputs of that shape; empty where the weights are a linear layer's. */
  abstract Optional<ConvolutionShape> convolution(Shape input);

  /** The shape of the outputs; refuses inputs that do not fit. */
  abstract Shape output(Shape input);

  /** Adds the gradient in the whole of W to {@code sum}, of the gradient dy of W x. */
  abstract void addWholeGradient(NDArray x, NDArray dy, NDArray sum);

  /** The shape of the whole W: [out, in] or [out, in / groups, height, width]. */
  public abstract Shape weightShape();

  private String kind() {
    return getClass().getSimpleName();
  }

  /** Which weights there are; {@link #move} and loading change it. */
  public Topology topology() {
    return products.topology();
  }

  /** Whether the output goes through a ReLU. */
  public boolean relu() {
    return relu;
  }

  /** The kept weights [values of the topology], in its order. */
  public Parameter values() {
    return values;
  }

  /** The bias [out], or null. */
  public Parameter bias() {
    return bias;
  }

  /**
   * Drops and grows weights in place: kept ones keep their values, grown ones begin at 0.
   *
   * @throws io.coppice.framework.recipe.RecipeException when the move is another topology's or the
   *     number of values changes
   */
  public void move(Topology.Move move) {
    Topology topology = topology();
    Require.that(move.from().equals(topology), "topology to move from", move.from(), "" + topology);
    int count = topology.values();
    Require.that(move.to().values() == count, "values", move.to().values(), "" + count);
    if (count > 0) {
      NDArray array = values.getArray();
      Floats floats = autograd.writing(array, array.getDevice());
      FloatMemory memory = homes.apply(array.getDevice()).memory();
      memory.write(floats, move.carry(memory.read(floats)));
    }
    index.write(move.to());
    products.move(move.to());
  }

  /**
   * Takes the topology from the block's parameters, which have been written from a saved copy.
   *
   * @throws RecipeException when they hold none
   */
  public void reindex() {
    products.move(index.read(topology()));
  }

  /**
   * From now on every backward pass adds the loss's gradient in the whole of W, kept or not, to
   * {@code sum}, of the shape {@link #weightShape}; null ends it.
   */
  public void addWholeGradientTo(NDArray sum) {
    wholeGradient = sum;
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray x = inputs.singletonOrThrow();
    requireInput(x);
    if (training && !autograd.isCollecting()) {
      throw new IllegalStateException(
          kind()
              + " trains only while Autograd.gradientCollector() is open on this thread; a DJL"
              + " trainer returns it from newGradientCollector()");
    }
    CustomOperation product = operation(products.at(x.getDevice(), convolution(x.getShape())));
    NDArray weights = store.getValue(values, x.getDevice(), training);
    NDArray y =
        bias == null
            ? autograd.apply(product, x, weights)
            : autograd.apply(product, x, weights, store.getValue(bias, x.getDevice(), training));
    return new NDList(y);
  }

  private CustomOperation operation(SparseProduct product) {
    return wholeGradient == null ? product : new WatchedProduct(this, product, wholeGradient);
  }

  final Autograd autograd() {
    return autograd;
  }

  private void requireInput(NDArray x) {
    output(x.getShape());
    requireFloats("input", x.getDataType());
  }

  private void requireFloats(String what, DataType type) {
    if (type != DataType.FLOAT32) {
      throw new IllegalArgumentException(
          kind() + "'s " + what + " is " + type + "; allowed: float32");
    }
  }

  /** What is said of an input that does not fit. */
  final IllegalArgumentException refused(Shape input, String allowed) {
    return new IllegalArgumentException(kind() + "'s input is " + input + "; allowed: " + allowed);
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return new Shape[] {output(inputs[0])};
  }

  /**
   * @throws IllegalArgumentException when the type is not float32
   */
  @Override
  public void initialize(NDManager manager, DataType type, Shape... inputs) {
    requireFloats("type", type);
    super.initialize(manager, type, inputs);
  }

  @Override
  protected void prepare(Shape[] inputs) {
    output(inputs[0]);
    values.setShape(new Shape(topology().values()));
    if (bias != null) {
      bias.setShape(new Shape(topology().rows()));
    }
    index.prepare(topology());
  }

  @Override
  protected void saveMetadata(DataOutputStream out) throws IOException {
    saveInputShapes(out);
    out.writeBoolean(relu);
    out.writeUTF(form());
  }

  @Override
  protected void loadMetadata(byte version, DataInputStream in)
      throws IOException, MalformedModelException {
    super.loadMetadata(version, in);
    if (in.readBoolean() != relu) {
      throw new MalformedModelException(
          "the saved layer has " + (relu ? "no" : "a") + " ReLU, unlike this one");
    }
    String saved = in.readUTF();
    if (!saved.equals(form())) {
      throw new MalformedModelException("the saved layer is " + saved + "; allowed: " + form());
    }
  }

  private String form() {
    return topology().layout() + " [" + topology().rows() + ", " + topology().columns() + "]";
  }

  @Override
  public void loadParameters(NDManager manager, DataInputStream in)
      throws IOException, MalformedModelException {
    super.loadParameters(manager, in);
    try {
      reindex();
    } catch (RecipeException e) {
      throw new MalformedModelException("the saved topology is damaged: " + e.getMessage(), e);
    }
    requireLoaded(values, topology().values());
    if (bias != null) {
      requireLoaded(bias, topology().rows());
    }
  }

  private static void requireLoaded(Parameter parameter, int length)
      throws MalformedModelException {
    if (!parameter.getShape().equals(new Shape(length))) {
      throw new MalformedModelException(
          "saved "
              + parameter.getName()
              + " are "
              + parameter.getShape()
              + "; allowed: "
              + new Shape(length));
    }
  }

  /** Lets go of the parameters and of what the operations hold. */
  @Override
  public void clear() {
    super.clear();
    products.clear();
  }
}
