package io.coppice.engines.sparse.cuda;

import io.coppice.framework.ops.Topology;

/** The index of a matrix in a device's memory, with where its tiles cut each row. */
final class DeviceIndex implements AutoCloseable {
  private final Tiling tiling;
  private final int entries;
  private final DeviceBuffer starts;
  private final DeviceBuffer indices;
  private final DeviceBuffer sources;
  private final DeviceBuffer cuts;

  private DeviceIndex(
      KernelDevice device, Tiling tiling, int[] starts, int[] indices, int[] sources) {
    this.tiling = tiling;
    this.entries = indices.length;
    this.starts = DeviceBuffer.of(device, starts);
    this.indices = DeviceBuffer.of(device, indices);
    this.sources = sources == null ? null : DeviceBuffer.of(device, sources);
    int boundaries = Math.multiplyExact(tiling.tiles() + 1, tiling.blockRows());
    cuts = new DeviceBuffer(device, (long) boundaries * Integer.BYTES);
    KernelArguments arguments =
        new KernelArguments()
            .address(this.starts.address())
            .address(this.indices.address())
            .address(cuts.address())
            .integers(tiling.blockRows(), tiling.tiles());
    device.inContext(
        () ->
            device.launch(
                device.kernel(Kernels.index(tiling, device.compiles()), "coppice_cuts"),
                Grid.covering(boundaries),
                arguments));
  }

  static DeviceIndex of(KernelDevice device, Topology topology) {
    return new DeviceIndex(
        device, Tiling.of(topology), topology.starts(), topology.indices(), null);
  }

  /** That of the transpose, with {@link #sources}. */
  static DeviceIndex transposed(KernelDevice device, Topology topology) {
    TransposedIndex index = TransposedIndex.of(topology);
    return new DeviceIndex(
        device, Tiling.of(topology).transposed(), index.starts(), index.indices(), index.sources());
  }

  Tiling tiling() {
    return tiling;
  }

  int entries() {
    return entries;
  }

  long starts() {
    return starts.address();
  }

  long indices() {
    return indices.address();
  }

  long sources() {
    return sources.address();
  }

  long cuts() {
    return cuts.address();
  }

  @Override
  public void close() {
    starts.close();
    indices.close();
    cuts.close();
    if (sources != null) {
      sources.close();
    }
  }
}
