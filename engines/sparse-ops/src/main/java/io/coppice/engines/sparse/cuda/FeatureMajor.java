package io.coppice.engines.sparse.cuda;

import io.coppice.framework.ops.Precision;

/** Matrices [batch, columns of a tiling], turned to [columns, batch] and filled up with zeros. */
final class FeatureMajor implements AutoCloseable {
  private final KernelDevice device;
  private final Tiling cut;
  private final Precision precision;
  private final KernelArguments arguments = new KernelArguments();
  private final Workspace turned;

  FeatureMajor(KernelDevice device, Tiling cut, Precision precision) {
    this.device = device;
    this.cut = cut;
    this.precision = precision;
    turned = new Workspace(device);
  }

  /**
   * Turns x, which is 0 where y, if present, is not above 0.
   *
   * @return the address, up to the next call
   */
  long turn(long x, long y, BatchTiles batch) {
    int pitch = batch.pitch();
    int filled = cut.filledColumns();
    long to = turned.numbers(KernelInteger.product("batch · features", pitch, filled), precision);
    arguments
        .begin()
        .address(x)
        .address(y)
        .address(to)
        .integers(batch.batch(), cut.columns(), pitch, filled);
    launch(Kernels.transpose(precision), "coppice_transpose", cut.turning(batch));
    return to;
  }

  /** Sums each column of a matrix that was turned over the batch. */
  void sum(long turned, BatchTiles batch, KernelSource source, long sums) {
    arguments.begin().address(turned).address(0).address(sums);
    arguments.integers(1, cut.columns(), batch.pitch());
    launch(source, "coppice_sum_planes", new Grid(cut.columns(), 1, 1));
  }

  private void launch(KernelSource source, String kernel, Grid grid) {
    device.launch(device.kernel(source, kernel), grid, arguments);
  }

  @Override
  public void close() {
    turned.close();
  }
}
