package io.coppice.engines.sparse.cuda;

import io.coppice.framework.ops.Precision;
import io.coppice.framework.ops.Topology;

/** The index of a matrix in a device's memory. */
final class DeviceIndex implements AutoCloseable {
  private final KernelDevice device;
  private final Tiling tiling;
  private final KernelSource source;
  private final KernelArguments arguments = new KernelArguments();
  private final int entries;
  private final DeviceBuffer starts;
  private final DeviceBuffer indices;
  private final DeviceBuffer sources;
  private DeviceBuffer cuts;

  private DeviceIndex(
      KernelDevice device,
      Tiling tiling,
      Precision precision,
      int[] starts,
      int[] indices,
      int[] sources) {
    this.device = device;
    this.tiling = tiling;
    source = Kernels.index(tiling, precision, device.compiles());
    this.entries = indices.length;
    this.starts = DeviceBuffer.of(device, starts);
    this.indices = DeviceBuffer.of(device, indices);
    this.sources = sources == null ? null : DeviceBuffer.of(device, sources);
  }

  static DeviceIndex of(KernelDevice device, Topology topology, Precision precision) {
    return new DeviceIndex(
        device, Tiling.of(topology), precision, topology.starts(), topology.indices(), null);
  }

  /** That of the transpose, which can {@link #turn}. */
  static DeviceIndex transposed(KernelDevice device, Topology topology, Precision precision) {
    TransposedIndex index = TransposedIndex.of(topology);
    return new DeviceIndex(
        device,
        Tiling.of(topology).transposed(),
        precision,
        index.starts(),
        index.indices(),
        index.sources());
  }

  /** Brings the matrix's values, of the index's precision, into the order of its transpose. */
  void turn(long values, long turned) {
    if (entries > 0) {
      arguments
          .begin()
          .address(values)
          .address(sources.address())
          .address(turned)
          .integers(entries);
      launch("coppice_turn", (long) entries * tiling.height() * tiling.width());
    }
  }

  private void launch(String kernel, long threads) {
    device.launch(device.kernel(source, kernel), Grid.covering(threads), arguments);
  }

  Tiling tiling() {
    return tiling;
  }

  long starts() {
    return starts.address();
  }

  long indices() {
    return indices.address();
  }

  private static int cuts(Tiling tiling) {
    return KernelInteger.product(
        "rows of blocks · tiles of columns", tiling.blockRows(), tiling.tiles() + 1L);
  }

  /** Where the tiles cut each row, which is found when first needed. */
  long cuts() {
    if (cuts == null) {
      int boundaries = cuts(tiling);
      cuts = new DeviceBuffer(device, (long) boundaries * Integer.BYTES);
      arguments
          .begin()
          .address(starts.address())
          .address(indices.address())
          .address(cuts.address())
          .integers(tiling.blockRows(), tiling.tiles());
      launch("coppice_cuts", boundaries);
    }
    return cuts.address();
  }

  @Override
  public void close() {
    starts.close();
    indices.close();
    if (cuts != null) {
      cuts.close();
    }
    if (sources != null) {
      sources.close();
    }
  }
}
