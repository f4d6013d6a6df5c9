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

/** One product with random numbers, held against its definition. */
public final class ProductTrial {
  private static final double UNIT = Math.ulp(1f);

  private final Topology topology;
  private final int batch;
  private final boolean relu;
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
    this(
        topology,
        ProductArguments.of(topology),
        DenseProduct::new,
        ops -> ops.product(topology),
        batch,
        hasBias,
        relu,
        random);
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
        ProductArguments.of(weights, shape),
        w -> new DenseConvolution(w, shape),
        ops -> ops.convolution(weights, shape),
        batch,
        hasBias,
        relu,
        random);
  }

  private ProductTrial(
      Topology topology,
      ProductArguments lengths,
      Function<double[][], Definition> definition,
      Function<SparseOps, SparseOps.Product> ready,
      int batch,
      boolean hasBias,
      boolean relu,
      Random random) {
    this.topology = topology;
    this.ready = ready;
    this.batch = batch;
    this.relu = relu;
    int rows = topology.rows();
    int columns = topology.columns();
    double[][] w = new double[rows][columns];
    float[] weights = new float[topology.values()];
    topology.forEachValue(
        (position, row, column) -> {
          weights[position] = (float) random.nextGaussian();
          w[row][column] = weights[position];
        });
    this.definition = definition.apply(w);
    values = Memory.of(weights);
    x = Memory.normal(batch * lengths.inputs(), random);
    bias = hasBias ? Memory.normal(rows, random) : Floats.NONE;
    dy = Memory.normal(batch * lengths.outputs(), random);
    y = Memory.unset(batch * lengths.outputs());
    dx = Memory.unset(batch * lengths.inputs());
    dvalues = Memory.unset(topology.values());
    dbias = Memory.unset(rows);
  }

  /** Runs forward and backward in the memory of the operations. */
  public ProductTrial run(SparseOps ops) {
    FloatMemory memory = ops.memory();
    Floats w = copy(values, memory);
    Floats in = copy(x, memory);
    Floats out = copy(y, memory);
    Floats din = copy(dx, memory);
    Floats dw = copy(dvalues, memory);
    Floats db = copy(dbias, memory);
    Floats dout = copy(dy, memory);
    try (SparseOps.Product product = ready.apply(ops)) {
      product.forward(new Forward(w, in, batch, copy(bias, memory), relu, out));
      product.backward(new Backward(w, in, relu ? out : Floats.NONE, dout, batch, din, dw, db));
    }
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
    int terms = definition.terms(batch);
    for (int i = 0; i < actual.length; i++) {
      double allowed = terms * UNIT * expected.magnitudes()[i];
      if (!(Math.abs(actual[i] - expected.numbers()[i]) <= allowed)) {
        fail(
            "%s[%d] is %s, not %s: %s, batch %d"
                .formatted(name, i, actual[i], expected.numbers()[i], topology, batch));
      }
    }
  }
}
