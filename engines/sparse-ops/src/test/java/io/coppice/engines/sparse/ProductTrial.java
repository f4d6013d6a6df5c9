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
import java.util.Arrays;
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

  private static final int LARGEST_INTEGER = 3;

  private final Topology topology;
  private final int batch;
  private final boolean relu;
  private final boolean exact;
  private final TrialNumbers numbers;
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

  public ProductTrial(Topology topology, int batch, boolean hasBias, boolean relu, Random random) {
    this(topology, TrialKind.product(topology), batch, hasBias, relu, TrialNumbers.USUAL, random);
  }

  /** Of a convolution. */
  public ProductTrial(
      Topology weights,
      ConvolutionShape shape,
      int batch,
      boolean hasBias,
      boolean relu,
      Random random) {
    this(
        weights,
        TrialKind.convolution(weights, shape),
        batch,
        hasBias,
        relu,
        TrialNumbers.USUAL,
        random);
  }

  /** With numbers whose sums are rounded, however many there are. */
  static ProductTrial rounding(Topology topology, int batch, Random random) {
    TrialKind kind = TrialKind.product(topology);
    return new ProductTrial(topology, kind, batch, true, true, TrialNumbers.ROUNDED, random);
  }

  /** The same of a convolution. */
  static ProductTrial rounding(Topology weights, ConvolutionShape shape, int batch, Random random) {
    TrialKind kind = TrialKind.convolution(weights, shape);
    return new ProductTrial(weights, kind, batch, true, true, TrialNumbers.ROUNDED, random);
  }

  /** For operations in bf16, with numbers that need no rounding before they are multiplied. */
  public static ProductTrial inBf16(
      Topology topology, int batch, boolean hasBias, boolean relu, Random random) {
    TrialKind kind = TrialKind.product(topology);
    return new ProductTrial(topology, kind, batch, hasBias, relu, TrialNumbers.BF16, random);
  }

  /** For a convolution in bf16: its values, x and dy are rounded and nothing else. */
  public static ProductTrial inBf16(
      Topology weights,
      ConvolutionShape shape,
      int batch,
      boolean hasBias,
      boolean relu,
      Random random) {
    TrialKind kind = TrialKind.convolution(weights, shape);
    TrialNumbers numbers = TrialNumbers.FACTORS_IN_BF16;
    return new ProductTrial(weights, kind, batch, hasBias, relu, numbers, random);
  }

  private ProductTrial(
      Topology topology,
      TrialKind kind,
      int batch,
      boolean hasBias,
      boolean relu,
      TrialNumbers numbers,
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
        numbers == TrialNumbers.BF16
            || numbers != TrialNumbers.ROUNDED && kind.hasManyTerms(topology, batch);
    double[][] w = new double[rows][columns];
    float[] weights = new float[topology.values()];
    topology.forEachValue(
        (position, row, column) -> {
          weights[position] = number(random);
          w[row][column] = numbers.factor(weights[position]);
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
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = (float) numbers.factor(inputs[i]);
    }
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
    assertNear("dbias", definition.dbias(gradient, batch), dbias.toArray());
    double[] factors = Arrays.stream(gradient).map(numbers::factor).toArray();
    assertNear("dx", definition.dx(factors, batch), dx.toArray());
    assertNear("dvalues", atEntries(definition.dw(factors, inputs, batch)), dvalues.toArray());
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
          numbers == TrialNumbers.BF16
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
