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
import io.coppice.framework.ops.FloatMemory;
import io.coppice.framework.ops.Floats;
import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.ops.Topology;
import io.coppice.framework.recipe.Require;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * y = act(x Wᵀ + b) for x [..., in] and a sparse W [out, in], of which only the kept values exist:
 * they are the parameter {@code values}, in the order of the {@link Topology}. It trains under
 * {@link Autograd#gradientCollector}.
 *
 * <pre>{@code
 * SparseLinear layer = SparseLinear.builder(topology).relu(true).build();
 * }</pre>
 */
public final class SparseLinear extends AbstractBlock {
  private static final byte VERSION = 1;

  private final Autograd autograd = Autograd.find();
  private final Function<Device, SparseOps> homes;
  private final boolean relu;
  private final Parameter values;
  private final Parameter bias;
  private Topology topology;
  private final Map<Device, SparseProduct> products = new HashMap<>();

  SparseLinear(
      Topology topology,
      Function<Device, SparseOps> homes,
      boolean relu,
      Initializer values,
      Initializer bias) {
    super(VERSION);
    this.topology = topology;
    this.homes = homes;
    this.relu = relu;
    // of no type that DJL's configurations draw by a weight's shape: it does not tell the fan-in
    this.values = addParameter(parameter("values", Parameter.Type.OTHER, values));
    this.bias = bias == null ? null : addParameter(parameter("bias", Parameter.Type.BIAS, bias));
  }

  private static Parameter parameter(String name, Parameter.Type type, Initializer initializer) {
    return Parameter.builder().setName(name).setType(type).optInitializer(initializer).build();
  }

  /** Starts a layer with a bias, without a ReLU, with values drawn from N(0, 2 / in). */
  public static SparseLinearBuilder builder(Topology topology) {
    return new SparseLinearBuilder(topology);
  }

  /** Which weights there are; {@link #move} and loading change it. */
  public Topology topology() {
    return topology;
  }

  /** Whether the output goes through a ReLU. */
  public boolean relu() {
    return relu;
  }

  /** The kept weights [values of the topology], in its order. */
  public Parameter values() {
    return values;
  }

  /**
   * Drops and grows weights in place: kept ones keep their values, grown ones begin at 0.
   *
   * @throws io.coppice.framework.recipe.RecipeException when the move is another topology's or the
   *     number of values changes
   */
  public void move(Topology.Move move) {
    Require.that(move.from().equals(topology), "topology to move from", move.from(), "" + topology);
    int count = topology.values();
    Require.that(move.to().values() == count, "values", move.to().values(), "" + count);
    if (count > 0) {
      NDArray array = values.getArray();
      Floats floats = autograd.writing(array, array.getDevice());
      FloatMemory memory = homes.apply(array.getDevice()).memory();
      memory.write(floats, move.carry(memory.read(floats)));
    }
    replace(move.to());
  }

  private void replace(Topology next) {
    closeProducts();
    topology = next;
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray x = inputs.singletonOrThrow();
    requireInput(x);
    if (training && !autograd.isCollecting()) {
      throw new IllegalStateException(
          "SparseLinear trains only while Autograd.gradientCollector() is open on this thread; a"
              + " DJL trainer returns it from newGradientCollector()");
    }
    NDArray weights = store.getValue(values, x.getDevice(), training);
    NDArray y =
        bias == null
            ? autograd.apply(product(x.getDevice()), x, weights)
            : autograd.apply(
                product(x.getDevice()), x, weights, store.getValue(bias, x.getDevice(), training));
    return new NDList(y);
  }

  /** Bound when the first tensor of a device comes, which is when its home is looked for. */
  private synchronized SparseProduct product(Device device) {
    return products.computeIfAbsent(
        device, on -> new SparseProduct(autograd, homes.apply(on), topology, relu));
  }

  private synchronized void closeProducts() {
    products.values().forEach(SparseProduct::close);
    products.clear();
  }

  private void requireInput(NDArray x) {
    requireColumns(x.getShape());
    if (x.getDataType() != DataType.FLOAT32) {
      throw new IllegalArgumentException(
          "SparseLinear's input is " + x.getDataType() + "; allowed: float32");
    }
  }

  private void requireColumns(Shape shape) {
    int dimensions = shape.dimension();
    if (dimensions < 1 || shape.get(dimensions - 1) != topology.columns()) {
      throw new IllegalArgumentException(
          "SparseLinear's input is " + shape + "; allowed: (..., " + topology.columns() + ")");
    }
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    requireColumns(inputs[0]);
    return new Shape[] {inputs[0].slice(0, inputs[0].dimension() - 1).add(topology.rows())};
  }

  @Override
  protected void prepare(Shape[] inputs) {
    requireColumns(inputs[0]);
    values.setShape(new Shape(topology.values()));
    if (bias != null) {
      bias.setShape(new Shape(topology.rows()));
    }
  }

  @Override
  protected void saveMetadata(DataOutputStream out) throws IOException {
    saveInputShapes(out);
    out.writeBoolean(relu);
    TopologyStream.write(topology, out);
  }

  @Override
  protected void loadMetadata(byte version, DataInputStream in)
      throws IOException, MalformedModelException {
    super.loadMetadata(version, in);
    if (in.readBoolean() != relu) {
      throw new MalformedModelException(
          "the saved layer has " + (relu ? "no" : "a") + " ReLU, unlike this one");
    }
    replace(TopologyStream.read(in));
  }

  @Override
  public void loadParameters(NDManager manager, DataInputStream in)
      throws IOException, MalformedModelException {
    super.loadParameters(manager, in);
    requireLoaded(values, topology.values());
    if (bias != null) {
      requireLoaded(bias, topology.rows());
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
    closeProducts();
  }
}
