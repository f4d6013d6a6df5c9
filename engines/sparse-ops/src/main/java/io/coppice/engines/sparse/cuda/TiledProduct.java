package io.coppice.engines.sparse.cuda;

import io.coppice.framework.ops.Precision;
import io.coppice.framework.ops.Topology;

/**
 * A product in any layout, by tiles of x in shared memory; all its numbers are of one precision.
 */
final class TiledProduct implements DeviceProduct {
  private static final int ALIGNMENT = 16;
  private static final int CHUNK = 512;

  private final Topology topology;
  private final Precision precision;
  private final KernelDevice device;
  private final Tiling tiling;
  private final KernelArguments arguments = new KernelArguments();
  private final Workspace alignedValues;
  private final TurnedMatrix transpose;
  private final FeatureMajor turnedX;
  private final FeatureMajor turnedDy;
  private final Workspace parts;
  private final DeviceIndex index;

  TiledProduct(KernelDevice device, Topology topology, Precision precision) {
    this.topology = topology;
    this.precision = precision;
    this.device = device;
    tiling = Tiling.of(topology);
    alignedValues = new Workspace(device);
    transpose = new TurnedMatrix(device, topology, precision);
    turnedX = new FeatureMajor(device, tiling, precision);
    turnedDy = new FeatureMajor(device, tiling.transposed(), precision);
    parts = new Workspace(device);
    index = DeviceIndex.of(device, topology, precision);
  }

  @Override
  public void forward(ForwardAddresses call) {
    BatchTiles tiles = BatchTiles.of(call.batch(), device.compiles());
    if (tiles.isFew()) {
      multiplyFew(call);
    } else {
      long turned = turnedX.turn(call.x(), 0, tiles);
      multiply(index, aligned(call.values()), turned, tiles, call.bias(), call.relu(), call.y());
    }
  }

  @Override
  public void backward(BackwardAddresses call) {
    BatchTiles tiles = BatchTiles.of(call.batch(), device.compiles());
    long gradient = turnedDy.turn(call.dy(), call.y(), tiles);
    if (call.dx() != 0) {
      long turned = transpose.values(aligned(call.values()));
      multiply(transpose.index(), turned, gradient, tiles, 0, false, call.dx());
    }
    if (call.dvalues() != 0) {
      sample(gradient, turnedX.turn(call.x(), 0, tiles), tiles, call.dvalues());
    }
    if (call.dbias() != 0) {
      turnedDy.sum(gradient, tiles, sampling(tiles), call.dbias());
    }
  }

  private void multiplyFew(ForwardAddresses call) {
    arguments
        .begin()
        .address(aligned(call.values()))
        .address(index.starts())
        .address(index.indices())
        .address(call.x())
        .address(call.bias())
        .integers(call.relu() ? 1 : 0)
        .address(call.y())
        .integers(call.batch(), topology.rows(), topology.columns());
    launch(
        Kernels.index(tiling, precision, device.compiles()),
        "coppice_spmm_few",
        tiling.multiplyingFew(call.batch()));
  }

  private void multiply(
      DeviceIndex matrix,
      long values,
      long turned,
      BatchTiles batch,
      long bias,
      boolean relu,
      long to) {
    Tiling cut = matrix.tiling();
    int warpRows =
        device.compiles()
            ? cut.warpRows(batch, device.multiprocessors())
            : Kernels.DEFAULT_WARP_ROWS;
    arguments
        .begin()
        .address(values)
        .address(matrix.indices())
        .address(matrix.cuts())
        .address(turned)
        .integers(batch.pitch())
        .address(bias)
        .integers(relu ? 1 : 0)
        .address(to)
        .integers(batch.batch(), cut.rows(), cut.tiles());
    launch(
        Kernels.multiplying(cut, precision, batch.examples(), warpRows),
        "coppice_spmm",
        cut.multiplying(batch, warpRows));
  }

  private void sample(long gradient, long turned, BatchTiles batch, long dvalues) {
    int values = topology.values();
    Grid grid = tiling.sampling(batch, CHUNK);
    long sums = parts.floats((long) grid.z() * values);
    arguments
        .begin()
        .address(index.indices())
        .address(index.cuts())
        .address(gradient)
        .address(turned)
        .integers(batch.pitch(), CHUNK)
        .address(sums)
        .integers(topology.blockRows(), tiling.tiles(), values);
    launch(sampling(batch), "coppice_sddmm", grid);
    arguments.begin().address(sums).address(dvalues).integers(values, grid.z());
    launch(sampling(batch), "coppice_sum_parts", Grid.covering(values));
  }

  private KernelSource sampling(BatchTiles batch) {
    return Kernels.sampling(tiling, precision, batch.examples());
  }

  private void launch(KernelSource source, String kernel, Grid grid) {
    device.launch(device.kernel(source, kernel), grid, arguments);
  }

  /** The address of the values, or of a copy where they do not begin at a multiple of 16 bytes. */
  private long aligned(long values) {
    if (values % ALIGNMENT == 0) {
      return values;
    }
    long copy = alignedValues.numbers(topology.values(), precision);
    device.copy(copy, values, (long) topology.values() * precision.bytes());
    return copy;
  }

  @Override
  public void close() {
    index.close();
    transpose.close();
    alignedValues.close();
    turnedX.close();
    turnedDy.close();
    parts.close();
  }
}
