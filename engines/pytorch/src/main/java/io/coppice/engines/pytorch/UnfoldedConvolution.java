package io.coppice.engines.pytorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.coppice.framework.execution.Pass;
import io.coppice.framework.ops.ConvolutionShape;

/**
 * A dense convolution as a product with its unfolded images, in memory at hand: libtorch's own
 * makes its output anew.
 */
final class UnfoldedConvolution implements Pass {
  private final NDManager memory;
  private final Pass steps;

  UnfoldedConvolution(NDArray x, NDArray w, NDArray b, ConvolutionShape shape, NDArray y) {
    memory = x.getManager().newSubManager();
    long batch = x.getShape().get(0);
    long groups = shape.groups();
    long rows = b.size() / groups;
    long columns = shape.columns();
    long pixels = (long) shape.outputHeight() * shape.outputWidth();
    NDArray unfolded = memory.create(new Shape(batch, groups * columns, pixels));
    NDArray products = y.reshape(batch * groups, rows, pixels);
    products.attach(memory);
    steps =
        new ScriptedPass(
                "unfolded",
                x,
                unfolded,
                unfolded.reshape(batch * groups, columns, pixels),
                forEachExample(w, batch, new Shape(groups, rows, columns)),
                forEachExample(b, batch, new Shape(groups, rows, 1)),
                products)
            .with(shape.kernelHeight(), shape.kernelWidth(), shape.stride(), shape.padding());
  }

  /** The array, once for each example, as [batch · groups, rows, columns]. */
  private NDArray forEachExample(NDArray array, long batch, Shape ofGroups) {
    NDArray one = array.reshape(new Shape(1).addAll(ofGroups));
    one.attach(memory);
    return one.broadcast(new Shape(batch).addAll(ofGroups))
        .reshape(batch * ofGroups.get(0), ofGroups.get(1), ofGroups.get(2));
  }

  @Override
  public void run() {
    steps.run();
  }

  @Override
  public void close() {
    steps.close();
    memory.close();
  }
}
