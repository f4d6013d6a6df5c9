package io.coppice.framework.blocks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.coppice.framework.autograd.Autograd;
import io.coppice.framework.ops.ConvolutionShape;
import io.coppice.framework.ops.Topology;
import java.util.Optional;

/**
 * y = act(x Wᵀ + b) for x [..., in] and a sparse W [out, in], of which only the kept values exist:
 * they are the parameter {@code values}, in the order of the {@link Topology}. It trains under
 * {@link Autograd#gradientCollector}.
 *
 * <pre>{@code
 * SparseLinear layer = SparseLinear.builder(topology).relu(true).build();
 * }</pre>
 */
public final class SparseLinear extends SparseBlock {

  SparseLinear(Parts parts) {
    super(parts);
  }

  /** Starts a layer with a bias, without a ReLU, with values drawn from N(0, 2 / in). */
  public static SparseLinearBuilder builder(Topology topology) {
    return new SparseLinearBuilder(topology);
  }

  @Override
  Optional<ConvolutionShape> convolution(Shape input) {
    return Optional.empty();
  }

  @Override
  Shape output(Shape input) {
    int last = input.dimension() - 1;
    int columns = topology().columns();
    if (last < 0 || input.get(last) != columns) {
      throw refused(input, "(..., " + columns + ")");
    }
    return input.slice(0, last).add(topology().rows());
  }

  @Override
  public Shape weightShape() {
    return new Shape(topology().rows(), topology().columns());
  }

  @Override
  void addWholeGradient(NDArray x, NDArray dy, NDArray sum) {
    NDArray rows = dy.reshape(-1, topology().rows());
    sum.addi(rows.transpose().dot(x.reshape(-1, topology().columns())));
  }
}
