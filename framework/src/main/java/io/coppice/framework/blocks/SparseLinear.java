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
import io.coppice.framework.ops.FloatMemory;
import io.coppice.framework.ops.Floats;
import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.ops.Topology;
import io.coppice.framework.recipe.RecipeException;
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
public final class SparseLinear extends AbstractBlock implements SparseBlock {
  private static final byte VERSION = 1;

  private final Autograd autograd = Autograd.find();
  private final Function<Device, SparseOps> homes;
  private final boolean relu;
  private final Parameter values;
  private final Parameter bias;
  private final TopologyParameters index = new TopologyParameters();
  private Topology topology;
  private NDArray denseGradient;
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
    addParameter(index.starts());
    addParameter(index.indices());
  }

  private static Parameter parameter(String name, Parameter.Type type, Initializer initializer) {
    return Parameter.builder().setName(name).setType(type).optInitializer(initializer).build();
  }

  /** Starts a layer with a bias, without a ReLU, with values drawn from N(0, 2 / in). */
  public static SparseLinearBuilder builder(Topology topology) {
    return new SparseLinearBuilder(topology);
  }

  @Override
  public Topology topology() {
    return topology;
  }

  @Override
  public Shape weightShape() {
    return new Shape(topology.rows(), topology.columns());
  }

  @Override
  public boolean relu() {
    return relu;
  }

  @Override
  public Parameter values() {
    return values;
  }

  @Override
  public Parameter bias() {
    return bias;
  }

  @Override
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
    index.write(move.to());
    replace(move.to());
  }

  @Override
  public void reindex() {
    replace(index.read(topology));
  }

  @Override
  public void addDenseGradientTo(NDArray sum) {
    denseGradient = sum;
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
            ? autograd.apply(operation(x.getDevice()), x, weights)
            : autograd.apply(
                operation(x.getDevice()),
                x,
                weights,
                store.getValue(bias, x.getDevice(), training));
    return new NDList(y);
  }

  private CustomOperation operation(Device device) {
    SparseProduct product = product(device);
    return denseGradient == null ? product : new WatchedProduct(product, relu, denseGradient);
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
    index.prepare(topology);
  }

  @Override
  protected void saveMetadata(DataOutputStream out) throws IOException {
    saveInputShapes(out);
    out.writeBoolean(relu);
    out.writeUTF(form(topology));
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
    if (!saved.equals(form(topology))) {
      throw new MalformedModelException(
          "the saved layer is " + saved + "; allowed: " + form(topology));
    }
  }

  private static String form(Topology topology) {
    return topology.layout() + " [" + topology.rows() + ", " + topology.columns() + "]";
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
