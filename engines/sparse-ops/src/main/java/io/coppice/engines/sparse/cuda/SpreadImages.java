package io.coppice.engines.sparse.cuda;

import io.coppice.framework.ops.Floats;
import io.coppice.framework.ops.Precision;

/** Images spread in a device's memory, in the numbers that a convolution multiplies. */
final class SpreadImages implements AutoCloseable {
  private final KernelDevice device;
  private final Spread spread;
  private final Precision precision;
  private final KernelArguments arguments = new KernelArguments();
  private final Workspace spreadTo;

  SpreadImages(KernelDevice device, Spread spread, Precision precision) {
    this.device = device;
    this.spread = spread;
    this.precision = precision;
    spreadTo = new Workspace(device);
  }

  Spread spread() {
    return spread;
  }

  /**
   * The address of images [batch, channels, height, width] with zeros around and between, 0 where
   * y, if present, is not above 0.
   */
  long of(Floats images, Floats y, int batch, int channels) {
    int numbers = spread.numbers(batch, channels);
    long to = spreadTo.numbers(numbers, precision);
    arguments
        .begin()
        .address(images.address())
        .address(y.address())
        .address(to)
        .integers(batch * channels, spread.height(), spread.width(), spread.step())
        .integers(spread.top(), spread.left(), spread.toHeight(), spread.toWidth());
    device.launch(
        device.kernel(Kernels.convolution(precision), "coppice_spread"),
        Grid.covering(numbers),
        arguments);
    return to;
  }

  @Override
  public void close() {
    spreadTo.close();
  }
}
