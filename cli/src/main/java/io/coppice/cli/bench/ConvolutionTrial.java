package io.coppice.cli.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import io.coppice.framework.execution.Pass;
import io.coppice.framework.execution.PassTimer;
import io.coppice.framework.ops.ConvolutionShape;
import io.coppice.framework.ops.JavaOps;
import io.coppice.framework.ops.Layout;
import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.ops.Topology;
import java.util.ArrayList;
import java.util.List;

/** Times a convolution: dense, and in each layout. */
record ConvolutionTrial(SparseOps ops, PassTimer timer) {
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
      return Race.run(timer, List.of(dense(what, manager)), forward, List.of())
          .rows("conv2d", what);
    } finally {
      sparse.forEach(SparseLayer::close);
    }
  }

  private static Pass dense(ConvolutionCase what, NDManager manager) {
    ConvolutionShape shape = what.shape();
    NDArray x =
        manager.randomUniform(
            -1, 1, new Shape(what.batch(), what.in(), shape.height(), shape.width()));
    NDArray w =
        manager.randomUniform(
            -1,
            1,
            new Shape(
                what.out(), what.in() / shape.groups(), shape.kernelHeight(), shape.kernelWidth()));
    NDArray b = manager.randomUniform(-1, 1, new Shape(what.out()));
    Shape stride = new Shape(shape.stride(), shape.stride());
    Shape padding = new Shape(shape.padding(), shape.padding());
    Shape dilation = new Shape(1, 1);
    return new Timed(
        () -> Conv2d.conv2d(x, w, b, stride, padding, dilation, shape.groups()).close());
  }
}
