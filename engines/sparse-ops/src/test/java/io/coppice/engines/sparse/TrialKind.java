package io.coppice.engines.sparse;

import io.coppice.framework.ops.ConvolutionShape;
import io.coppice.framework.ops.ProductArguments;
import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.ops.Topology;
import java.util.function.Function;

/** What tells products from convolutions. */
record TrialKind(
    ProductArguments lengths,
    Function<double[][], Definition> definition,
    Function<SparseOps, SparseOps.Product> ready) {

  private static final int MANY_TERMS = 200;

  static TrialKind product(Topology topology) {
    return new TrialKind(
        ProductArguments.of(topology), DenseProduct::new, ops -> ops.product(topology));
  }

  static TrialKind convolution(Topology weights, ConvolutionShape shape) {
    return new TrialKind(
        ProductArguments.of(weights, shape),
        w -> new DenseConvolution(w, shape),
        ops -> ops.convolution(weights, shape));
  }

  boolean hasManyTerms(Topology topology, int batch) {
    int perRow = lengths.outputs() / topology.rows();
    return topology.rows() + topology.columns() + batch * perRow > MANY_TERMS;
  }
}
