package io.coppice.engines.sparse;

import io.coppice.framework.ops.Backward;
import io.coppice.framework.ops.ConvolutionShape;
import io.coppice.framework.ops.Forward;
import io.coppice.framework.ops.ProductArguments;
import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.ops.Topology;

/** Convolutions by the native library; weights in any layout. */
final class CpuConvolution extends NativeProduct implements SparseOps.Convolution {
  private final ConvolutionShape shape;

  CpuConvolution(Isa isa, Topology weights, ConvolutionShape shape) {
    super(
        weights,
        ProductArguments.of(weights, shape),
        create(isa, weights, shape),
        SparseLibrary::coppice_convolution_destroy);
    this.shape = shape;
  }

  private static long create(Isa isa, Topology weights, ConvolutionShape shape) {
    return SparseLibrary.coppice_convolution_create(
        isa.number(),
        weights.rows(),
        shape.channelsIn(),
        shape.height(),
        shape.width(),
        shape.kernelHeight(),
        shape.kernelWidth(),
        shape.stride(),
        shape.padding(),
        shape.groups(),
        weights.layout().blockRows(),
        weights.layout().blockColumns(),
        weights.starts(),
        weights.indices());
  }

  @Override
  public ConvolutionShape shape() {
    return shape;
  }

  @Override
  public boolean move(Topology to) {
    follow(
        to,
        ProductArguments.of(to, shape),
        handle -> SparseLibrary.coppice_convolution_move(handle, to.starts(), to.indices()));
    return true;
  }

  @Override
  int forward(long handle, Forward call) {
    return SparseLibrary.coppice_convolution_forward(
        handle,
        call.values().address(),
        call.x().address(),
        call.batch(),
        call.bias().address(),
        call.relu() ? 1 : 0,
        call.y().address());
  }

  @Override
  int backward(long handle, Backward call) {
    return SparseLibrary.coppice_convolution_backward(
        handle,
        call.values().address(),
        call.x().address(),
        call.y().address(),
        call.dy().address(),
        call.batch(),
        call.dx().address(),
        call.dvalues().address(),
        call.dbias().address());
  }
}
