package io.coppice.framework.blocks;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.coppice.framework.autograd.Autograd;
import io.coppice.framework.autograd.BackwardPass;
import io.coppice.framework.autograd.CustomOperation;
import io.coppice.framework.ops.Backward;
import io.coppice.framework.ops.Floats;
import io.coppice.framework.ops.Forward;
import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.ops.Topology;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * y = act(x Wᵀ + b), or a convolution, of x, the values of W and, if there is one, b [rows];
 * threads take turns.
 */
final class SparseProduct implements CustomOperation, AutoCloseable {
  private static final int X = 0;
  private static final int VALUES = 1;
  private static final int BIAS = 2;

  private final Autograd autograd;
  private final SparseOps.Product product;
  private final Device device;
  private final int exampleSize;
  private final UnaryOperator<Shape> output;
  private final boolean relu;
  private boolean closed;

  /**
   * @param device of the product
   * @param exampleSize the numbers of an example
   * @param output gives the shape of y for that of x
   */
  SparseProduct(
      Autograd autograd,
      SparseOps.Product product,
      Device device,
      int exampleSize,
      UnaryOperator<Shape> output,
      boolean relu) {
    this.autograd = autograd;
    this.product = product;
    this.device = device;
    this.exampleSize = exampleSize;
    this.output = output;
    this.relu = relu;
  }

  @Override
  public synchronized NDArray forward(NDList inputs) {
    requireOpen();
    NDArray x = inputs.get(X);
    NDArray y = x.getManager().create(output.apply(x.getShape()), DataType.FLOAT32, x.getDevice());
    int batch = batch(x);
    if (batch > 0) {
      product.forward(
          new Forward(
              read(inputs.get(VALUES)),
              read(x),
              batch,
              inputs.size() > BIAS ? read(inputs.get(BIAS)) : Floats.NONE,
              relu,
              write(y)));
    }
    return y;
  }

  @Override
  public synchronized NDList backward(BackwardPass pass) {
    requireOpen();
    NDList inputs = pass.inputs();
    NDArray x = inputs.get(X);
    int batch = batch(x);
    boolean add = batch > 0 && product.adds() && hasSums(pass);
    NDList gradients = new NDList();
    for (int i = 0; i < inputs.size(); i++) {
      boolean own = pass.wants(i) && batch > 0 && !(add && i != X);
      gradients.add(own ? like(inputs.get(i)) : null);
    }
    if (batch > 0) {
      List<NDArray> to = add ? pass.sums() : gradients;
      product.backward(
          new Backward(
              read(inputs.get(VALUES)),
              read(x),
              relu ? read(pass.output()) : Floats.NONE,
              read(pass.outputGradient()),
              batch,
              write(gradients.get(X)),
              write(to.get(VALUES)),
              inputs.size() > BIAS ? write(to.get(BIAS)) : Floats.NONE,
              add));
    }
    return gradients;
  }

  /** Whether there is a place for every wanted gradient of values and bias. */
  private static boolean hasSums(BackwardPass pass) {
    return IntStream.range(VALUES, pass.inputs().size())
        .allMatch(i -> !pass.wants(i) || pass.sum(i).isPresent());
  }

  private int batch(NDArray x) {
    return Math.toIntExact(x.size() / exampleSize);
  }

  private static NDArray like(NDArray array) {
    return array.getManager().create(array.getShape(), DataType.FLOAT32, array.getDevice());
  }

  private Floats read(NDArray array) {
    return autograd.reading(array, device);
  }

  private Floats write(NDArray array) {
    return array == null ? Floats.NONE : autograd.writing(array, device);
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException(
          "a sparse layer was moved or cleared between its forward and its backward pass");
    }
  }

  /**
   * The product after its matrix has moved to another topology, where it can follow; this one then
   * refuses to serve.
   */
  synchronized Optional<SparseProduct> moved(Topology to) {
    requireOpen();
    if (!product.move(to)) {
      return Optional.empty();
    }
    closed = true;
    return Optional.of(new SparseProduct(autograd, product, device, exampleSize, output, relu));
  }

  @Override
  public synchronized void close() {
    closed = true;
    product.close();
  }
}
