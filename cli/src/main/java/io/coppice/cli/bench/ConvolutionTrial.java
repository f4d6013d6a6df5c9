package io.coppice.cli.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import io.coppice.framework.execution.EngineProducts;
import io.coppice.framework.execution.Pass;
import io.coppice.framework.execution.PassTimer;
import io.coppice.framework.ops.ConvolutionShape;
import io.coppice.framework.ops.JavaOps;
import io.coppice.framework.ops.Layout;
import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.ops.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Times a convolution: dense, and in each layout. */
record ConvolutionTrial(SparseOps ops, Optional<EngineProducts> engine, PassTimer timer) {
  private static final long SEED = 1;

  /** Whether the home has convolutions of its own: plain Java's are not worth a row. */
  static boolean isServedBy(SparseOps ops) {
    ConvolutionShape pixel = new ConvolutionShape(1, 1, 1, 1, 1, 1, 0, 1);
    Topology weight = new Topology(new Layout.Csr(), 1, 1, new int[] {0, 1}, new int[] {0});
    try (SparseOps.Convolution own = ops.convolution(weight, pixel);
        SparseOps.Convolution java = new JavaOps().convolution(weight, pixel)) {
      return own.getClass() != java.getClass();
    }
  }

  /** A row per layout. */
  List<OpsRow> rows(ConvolutionCase what) {
    List<SparseLayer> sparse = new ArrayList<>();
    try (NDManager manager = NDManager.newBaseManager()) {
      for (Layout layout : what.layouts()) {
        int columns = what.shape().columns();
        Topology weights = RandomTopology.of(layout, what.out(), columns, what.sparsity(), SEED);
        sparse.add(SparseLayer.convolution(ops, weights, what.shape(), what.batch()));
      }
      List<Pass> forward = sparse.stream().map(SparseLayer::forward).toList();
      return Race.run(timer, dense(what, manager), forward, List.of()).rows("conv2d", what);
    } finally {
      sparse.forEach(SparseLayer::close);
    }
  }

  /**
   * The ways of the engine: DJL's, whose output lies in memory that the engine keeps, comes first.
   */
  private List<Pass> dense(ConvolutionCase what, NDManager manager) {
    ConvolutionShape shape = what.shape();
    int height = shape.height();
    int width = shape.width();
    NDArray x = noise(manager, what.batch(), what.in(), height, width);
    NDArray w =
        noise(
            manager,
            what.out(),
            what.in() / shape.groups(),
            shape.kernelHeight(),
            shape.kernelWidth());
    NDArray b = noise(manager, what.out());
    NDArray y =
        manager.zeros(
            new Shape(what.batch(), what.out(), shape.outputHeight(), shape.outputWidth()));
    Shape stride = new Shape(shape.stride(), shape.stride());
    Shape padding = new Shape(shape.padding(), shape.padding());
    Shape dilation = new Shape(1, 1);
    List<Pass> ways = new ArrayList<>();
    ways.add(
        new Timed(() -> Conv2d.conv2d(x, w, b, stride, padding, dilation, shape.groups()).close()));
    engine.ifPresent(products -> ways.add(products.convolution(x, w, b, shape, y)));
    return ways;
  }

  private static NDArray noise(NDManager manager, long... shape) {
    return manager.randomUniform(-1, 1, new Shape(shape));
  }
}
