package io.coppice.engines.sparse.cuda;

/** The index of a convolution in a device's memory, its columns as steps in the spread images. */
final class ConvolutionIndex implements AutoCloseable {
  private final DeviceBuffer starts;
  private final DeviceBuffer offsets;

  /**
   * @param kernels of convolutions, in either precision
   * @param flipped whether the kernel is turned by half a turn
   */
  ConvolutionIndex(
      KernelDevice device,
      KernelSource kernels,
      int[] starts,
      int[] columns,
      int kernelHeight,
      int kernelWidth,
      Spread spread,
      boolean flipped) {
    this.starts = DeviceBuffer.of(device, starts);
    offsets = new DeviceBuffer(device, (long) columns.length * Integer.BYTES);
    if (columns.length == 0) {
      return;
    }
    try (DeviceBuffer uploaded = DeviceBuffer.of(device, columns)) {
      KernelArguments arguments =
          new KernelArguments()
              .address(uploaded.address())
              .address(offsets.address())
              .integers(
                  columns.length,
                  kernelHeight,
                  kernelWidth,
                  spread.toHeight(),
                  spread.toWidth(),
                  flipped ? 1 : 0);
      device.inContext(
          () ->
              device.launch(
                  device.kernel(kernels, "coppice_offsets"),
                  Grid.covering(columns.length),
                  arguments));
    }
  }

  long starts() {
    return starts.address();
  }

  long offsets() {
    return offsets.address();
  }

  @Override
  public void close() {
    starts.close();
    offsets.close();
  }
}
