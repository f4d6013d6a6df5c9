package io.coppice.engines.sparse;

import static org.junit.jupiter.api.Assertions.fail;

import io.coppice.engines.sparse.DenseProduct.Sums;
import io.coppice.framework.ops.Backward;
import io.coppice.framework.ops.ConvolutionShape;
import io.coppice.framework.ops.FloatMemory;
import io.coppice.framework.ops.Floats;
import io.coppice.framework.ops.Forward;
import io.coppice.framework.ops.ProductArguments;
import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.ops.Topology;
import java.util.Random;
import java.util.function.Function;

/**
 * One product with random numbers, held against its definition. Where sums have so many terms that
 * rounding could hide that one is lost, the numbers are small integers, of which a float's sum is
 * exact.
 */
public final class ProductTrial {
  private static final double UNIT = Math.ulp(1f);

  /** What rounding to bf16 may change, relative to a number: half a unit of 8 digits. */
  private static final double BF16_UNIT = 1.0 / 256;

  private static final int MANY_TERMS = 200;
  private static final int LARGEST_INTEGER = 3;

  private final Topology topology;
  private final int batch;
  private final boolean relu;
  private final boolean exact;
  private final Numbers numbers;
  private final Definition definition;
  private final Function<SparseOps, SparseOps.Product> ready;
  private final Floats values;
  private final Floats x;
  private final Floats bias;
  private final Floats dy;
  private final Floats y;
  private final Floats dx;
  private final Floats dvalues;
  private final Floats dbias;

  /** Of which kind the numbers are, and what may be rounded. */
  private enum Numbers {
    USUAL,
    ROUNDED,
    BF16
  }

  /** What tells products from convolutions. */
  private record Kind(
      ProductArguments lengths,
      Function<double[][], Definition> definition,
      Function<SparseOps, SparseOps.Product> ready) {

    static Kind product(Topology topology) {
      return new Kind(
          ProductArguments.of(topology), DenseProduct::new, ops -> ops.product(topology));
    }

    static Kind convolution(Topology weights, ConvolutionShape shape) {
      return new Kind(
          ProductArguments.of(weights, shape),
          w -> new DenseConvolution(w, shape),
          ops -> ops.convolution(weights, shape));
    }

    boolean hasManyTerms(Topology topology, int batch) {
      int perRow = lengths.outputs() / topology.rows();
      return topology.rows() + topology.columns() + batch * perRow > MANY_TERMS;
    }
  }

  public ProductTrial(Topology topology, int batch, boolean hasBias, boolean relu, Random random) {
    this(topology, Kind.product(topology), batch, hasBias, relu, Numbers.USUAL, random);
  }

  /** Of a convolution. */
  public ProductTrial(
      Topology weights,
      ConvolutionShape shape,
      int batch,
      boolean hasBias,
      boolean relu,
      Random random) {
    this(weights, Kind.convolution(weights, shape), batch, hasBias, relu, Numbers.USUAL, random);
  }

  /** With numbers whose sums are rounded, however many there are. */
  static ProductTrial rounding(Topology topology, int batch, Random random) {
    Kind kind = Kind.product(topology);
    return new ProductTrial(topology, kind, batch, true, true, Numbers.ROUNDED, random);
  }

  /** The same of a convolution. */
  static ProductTrial rounding(Topology weights, ConvolutionShape shape, int batch, Random random) {
    Kind kind = Kind.convolution(weights, shape);
    return new ProductTrial(weights, kind, batch, true, true, Numbers.ROUNDED, random);
  }

  /** For operations in bf16, with numbers that need no rounding before they are multiplied. */
  public static ProductTrial inBf16(
      Topology topology, int batch, boolean hasBias, boolean relu, Random random) {
    Kind kind = Kind.product(topology);
    return new ProductTrial(topology, kind, batch, hasBias, relu, Numbers.BF16, random);
  }

  private ProductTrial(
      Topology topology,
      Kind kind,
      int batch,
      boolean hasBias,
      boolean relu,
      Numbers numbers,
      Random random) {
    this.topology = topology;
    this.ready = kind.ready();
    this.batch = batch;
    this.relu = relu;
    int rows = topology.rows();
    int columns = topology.columns();
    ProductArguments lengths = kind.lengths();
    this.numbers = numbers;
    exact =
        numbers == Numbers.BF16 || numbers == Numbers.USUAL && kind.hasManyTerms(topology, batch);
    double[][] w = new double[rows][columns];
    float[] weights = new float[topology.values()];
    topology.forEachValue(
        (position, row, column) -> {
          weights[position] = number(random);
          w[row][column] = weights[position];
        });
    definition = kind.definition().apply(w);
    values = Memory.of(weights);
    x = numbers(batch * lengths.inputs(), random);
    bias = hasBias ? numbers(rows, random) : Floats.NONE;
    dy = numbers(batch * lengths.outputs(), random);
    y = Memory.unset(batch * lengths.outputs());
    dx = Memory.unset(batch * lengths.inputs());
    dvalues = Memory.unset(topology.values());
    dbias = Memory.unset(rows);
  }

  private float number(Random random) {
    return exact
        ? random.nextInt(2 * LARGEST_INTEGER + 1) - LARGEST_INTEGER
        : (float) random.nextGaussian();
  }

  private Floats numbers(int count, Random random) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = number(random);
    }
    return Memory.of(numbers);
  }

  /** Runs forward and backward in the memory of the operations. */
  public ProductTrial run(SparseOps ops) {
    try (SparseOps.Product product = ready.apply(ops)) {
      return run(product, ops.memory());
    }
  }

  /** The same with a product of the topology that is ready, in its memory. */
  ProductTrial run(SparseOps.Product product, FloatMemory memory) {
    Floats w = copy(values, memory);
    Floats in = copy(x, memory);
    Floats out = copy(y, memory);
    Floats din = copy(dx, memory);
    Floats dw = copy(dvalues, memory);
    Floats db = copy(dbias, memory);
    Floats dout = copy(dy, memory);
    product.forward(new Forward(w, in, batch, copy(bias, memory), relu, out));
    product.backward(new Backward(w, in, relu ? out : Floats.NONE, dout, batch, din, dw, db));
    FloatMemory.HOST.write(y, memory.read(out));
    FloatMemory.HOST.write(dx, memory.read(din));
    FloatMemory.HOST.write(dvalues, memory.read(dw));
    FloatMemory.HOST.write(dbias, memory.read(db));
    return this;
  }

  private static Floats copy(Floats host, FloatMemory memory) {
    return host.isPresent() ? memory.copyOf(host.toArray()) : Floats.NONE;
  }

  /** What the run left, one array after the other. */
  float[][] results() {
    return new float[][] {y.toArray(), dx.toArray(), dvalues.toArray(), dbias.toArray()};
  }

  public void assertRight() {
    float[] inputs = x.toArray();
    float[] outputs = y.toArray();
    Sums sums = definition.forward(inputs, batch, bias.isPresent() ? bias.toArray() : null);
    if (relu) {
      for (int i = 0; i < outputs.length; i++) {
        sums.numbers()[i] = Math.max(0, sums.numbers()[i]);
      }
    }
    assertNear("y", sums, outputs);
    double[] gradient = new double[outputs.length];
    float[] given = dy.toArray();
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = relu && outputs[i] <= 0 ? 0 : given[i];
    }
    assertNear("dx", definition.dx(gradient, batch), dx.toArray());
    assertNear("dbias", definition.dbias(gradient, batch), dbias.toArray());
    assertNear("dvalues", atEntries(definition.dw(gradient, inputs, batch)), dvalues.toArray());
  }

  private Sums atEntries(Sums dw) {
    Sums entries = new Sums(topology.values());
    topology.forEachValue(
        (position, row, column) -> {
          int at = row * topology.columns() + column;
          entries.numbers()[position] = dw.numbers()[at];
          entries.magnitudes()[position] = dw.magnitudes()[at];
        });
    return entries;
  }

  private void assertNear(String name, Sums expected, float[] actual) {
    double unit = exact ? 0 : definition.terms(batch) * UNIT;
    for (int i = 0; i < actual.length; i++) {
      double allowed =
          numbers == Numbers.BF16
              ? BF16_UNIT * Math.abs(expected.numbers()[i])
              : unit * expected.magnitudes()[i];
      if (!(Math.abs(actual[i] - expected.numbers()[i]) <= allowed)) {
        fail(
            "%s[%d] is %s, not %s: %s, batch %d"
                .formatted(name, i, actual[i], expected.numbers()[i], topology, batch));
      }
    }
  }
}
