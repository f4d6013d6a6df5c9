package io.coppice.framework.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;

/** One random call of a product, held against sums in 64 bits and finite differences. */
final class ProductTrial {
  private final SparseOps.Product product;
  private final ProductArguments lengths;
  private final Terms terms;
  private final Random random;
  private final int batch;
  private final boolean relu;
  private final Floats values;
  private final Floats x;
  private final Floats bias;
  private final Floats y;
  private final Floats dy;

  private ProductTrial(
      SparseOps.Product product, ProductArguments lengths, Terms terms, int batch, Random random) {
    this.product = product;
    this.lengths = lengths;
    this.terms = terms;
    this.random = random;
    this.batch = batch;
    relu = random.nextBoolean();
    values = RandomProducts.normal(lengths.values(), random);
    x = RandomProducts.normal((long) batch * lengths.inputs(), random);
    bias = random.nextBoolean() ? RandomProducts.normal(lengths.bias(), random) : Floats.NONE;
    y = RandomProducts.normal((long) batch * lengths.outputs(), random);
    dy = RandomProducts.normal(y.count(), random);
  }

  /** A plain product with a random topology. */
  static ProductTrial ofMatrix(int rows, int columns, int batch, Random random) {
    Topology topology = RandomProducts.topology(rows, columns, random);
    return new ProductTrial(
        new JavaOps().product(topology),
        ProductArguments.of(topology),
        Terms.ofMatrix(batch, rows, columns),
        batch,
        random);
  }

  /** A convolution of a random shape with a random topology. */
  static ProductTrial ofConvolution(int channelsPerGroup, int batch, Random random) {
    ConvolutionShape shape = RandomProducts.convolution(random);
    int channelsOut = channelsPerGroup * shape.groups();
    Topology topology = RandomProducts.topology(channelsOut, shape.columns(), random);
    return new ProductTrial(
        new JavaOps().convolution(topology, shape),
        ProductArguments.of(topology, shape),
        Terms.ofConvolution(batch, channelsOut, shape),
        batch,
        random);
  }

  private int channel(int output) {
    return output / (lengths.outputs() / lengths.bias()) % lengths.bias();
  }

  void assertForward() {
    float[] w = product.topology().scatter(values.toArray());
    float[] in = x.toArray();
    Sums sums = new Sums((int) y.count());
    if (bias.isPresent()) {
      float[] b = bias.toArray();
      for (int i = 0; i < y.count(); i++) {
        sums.add(i, b[channel(i)]);
      }
    }
    terms.forEach((output, weight, input) -> sums.add(output, (double) w[weight] * in[input]));
    product.forward(new Forward(values, x, batch, bias, relu, y));
    sums.assertNear("y", y.toArray(), relu);
  }

  /** Some gradients may be left out; the others must not feel it. */
  void assertBackward() {
    product.forward(new Forward(values, x, batch, bias, relu, y));
    boolean[] wanted = {random.nextBoolean(), random.nextBoolean(), random.nextBoolean()};
    Floats dx = wanted[0] ? RandomProducts.normal(x.count(), random) : Floats.NONE;
    Floats dvalues = wanted[1] ? RandomProducts.normal(values.count(), random) : Floats.NONE;
    Floats dbias = wanted[2] ? RandomProducts.normal(lengths.bias(), random) : Floats.NONE;
    product.backward(
        new Backward(
            wanted[0] ? values : Floats.NONE,
            wanted[1] ? x : Floats.NONE,
            relu ? y : Floats.NONE,
            dy,
            batch,
            dx,
            dvalues,
            dbias));

    float[] w = product.topology().scatter(values.toArray());
    float[] in = x.toArray();
    float[] gradient = dy.toArray();
    float[] given = y.toArray();
    Sums sumsOfDx = new Sums(in.length);
    Sums sumsOfDw = new Sums(w.length);
    Sums sumsOfDbias = new Sums(lengths.bias());
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = relu && given[i] <= 0 ? 0 : gradient[i];
      sumsOfDbias.add(channel(i), gradient[i]);
    }
    terms.forEach(
        (output, weight, input) -> {
          sumsOfDx.add(input, (double) w[weight] * gradient[output]);
          sumsOfDw.add(weight, (double) in[input] * gradient[output]);
        });
    if (wanted[0]) {
      sumsOfDx.assertNear("dx", dx.toArray(), false);
    }
    if (wanted[1]) {
      assertNearAtEntries(sumsOfDw, dvalues.toArray());
    }
    if (wanted[2]) {
      sumsOfDbias.assertNear("dbias", dbias.toArray(), false);
    }
  }

  private void assertNearAtEntries(Sums sums, float[] dvalues) {
    Topology topology = product.topology();
    boolean[] inside = new boolean[dvalues.length];
    topology.forEachValue(
        (position, row, column) -> {
          inside[position] = true;
          sums.assertNear("dvalues", row * topology.columns() + column, dvalues[position]);
        });
    for (int i = 0; i < dvalues.length; i++) {
      assertEquals(0, inside[i] ? 0 : dvalues[i], "dvalues[" + i + "], filled up");
    }
  }

  /** Moves one number of each argument a little; dy · y must follow its gradient. */
  void assertFiniteDifferences() {
    product.forward(new Forward(values, x, batch, bias, relu, y));
    Floats dx = Floats.allocate(x.count());
    Floats dvalues = Floats.allocate(values.count());
    Floats dbias = Floats.allocate(lengths.bias());
    product.backward(
        new Backward(values, x, relu ? y : Floats.NONE, dy, batch, dx, dvalues, dbias));
    assertSlope("x", x, dx);
    assertSlope("values", values, dvalues);
    if (bias.isPresent()) {
      assertSlope("bias", bias, dbias);
    }
  }

  private void assertSlope(String name, Floats argument, Floats gradient) {
    if (argument.count() == 0) {
      return;
    }
    int at = random.nextInt((int) argument.count());
    float before = argument.buffer().get(at);
    float step = 1f / 64;
    float[] above = forwardWith(argument, at, before + step);
    float[] below = forwardWith(argument, at, before - step);
    argument.buffer().put(at, before);
    float[] weights = dy.toArray();
    double slope = 0;
    double size = 1;
    for (int i = 0; i < weights.length; i++) {
      if (relu && above[i] > 0 != below[i] > 0) {
        return;
      }
      slope += weights[i] * ((double) above[i] - below[i]) / (2 * step);
      size += Math.abs(weights[i] * above[i]);
    }
    assertEquals(slope, gradient.buffer().get(at), 1e-4 * size, name + "[" + at + "]");
  }

  private float[] forwardWith(Floats argument, int at, float number) {
    argument.buffer().put(at, number);
    Floats moved = Floats.allocate(y.count());
    product.forward(new Forward(values, x, batch, bias, relu, moved));
    return moved.toArray();
  }
}
