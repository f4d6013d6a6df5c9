package io.coppice.engines.sparse.cuda;

import static io.coppice.framework.ops.Precision.BFLOAT16;

import io.coppice.framework.ops.Layout;
import io.coppice.framework.ops.Topology;

/** A product in bf16, on tensor cores, of blocks whose sides are multiples of 16. */
final class TensorBlocks implements DeviceProduct {
  private static final int SIDE = 16;
  private static final int LARGE_PART = 32;
  private static final int WARPS = Grid.THREADS / 32;

  private final KernelDevice device;
  private final Topology topology;
  private final Tiling tiling;
  private final KernelArguments arguments = new KernelArguments();
  private final FeatureMajor turnedX;
  private final FeatureMajor turnedDy;
  private final Workspace packed;
  private final TurnedMatrix transpose;
  private final Workspace maskedDy;
  private final DeviceIndex index;

  TensorBlocks(KernelDevice device, Topology topology) {
    this.device = device;
    this.topology = topology;
    tiling = Tiling.of(topology);
    turnedX = new FeatureMajor(device, tiling, BFLOAT16);
    turnedDy = new FeatureMajor(device, tiling.transposed(), BFLOAT16);
    packed = new Workspace(device);
    transpose = new TurnedMatrix(device, topology, BFLOAT16);
    maskedDy = new Workspace(device);
    index = DeviceIndex.of(device, topology, BFLOAT16);
  }

  static boolean serves(Layout layout) {
    return layout.blockRows() % SIDE == 0 && layout.blockColumns() % SIDE == 0;
  }

  @Override
  public void forward(ForwardAddresses call) {
    multiply(index, call.values(), call.x(), call.batch(), call.bias(), call.relu(), call.y());
  }

  @Override
  public void backward(BackwardAddresses call) {
    if (call.dx() != 0) {
      long turned = transpose.values(call.values());
      multiply(transpose.index(), turned, masked(call), call.batch(), 0, false, call.dx());
    }
    if (call.dvalues() != 0 || call.dbias() != 0) {
      BatchTiles tiles = BatchTiles.of(call.batch(), device.compiles());
      long gradient = turnedDy.turn(call.dy(), call.y(), tiles);
      if (call.dvalues() != 0) {
        sample(gradient, turnedX.turn(call.x(), 0, tiles), tiles, call.dvalues());
      }
      if (call.dbias() != 0) {
        turnedDy.sum(gradient, tiles, Kernels.sums(BFLOAT16), call.dbias());
      }
    }
  }

  private void multiply(
      DeviceIndex matrix, long values, long x, int batch, long bias, boolean relu, long y) {
    KernelSource source = Kernels.blocks(matrix.tiling());
    long blocks = packed.numbers(topology.values(), BFLOAT16);
    if (topology.entries() > 0) {
      arguments.begin().address(values).address(blocks).integers(topology.entries());
      launch(source, "coppice_pack_blocks", Grid.covering(topology.values()), 0);
    }
    int rows = matrix.tiling().rows();
    arguments
        .begin()
        .address(blocks)
        .address(matrix.starts())
        .address(matrix.indices())
        .address(x)
        .address(bias)
        .integers(relu ? 1 : 0)
        .address(y)
        .integers(batch, rows, matrix.tiling().columns());
    launch(
        source,
        "coppice_spmm_blocks",
        TensorCores.multiplying(batch, rows),
        TensorCores.SHARED_BYTES);
  }

  /** dy, 0 where y, if present, is not above 0. */
  private long masked(BackwardAddresses call) {
    if (call.y() == 0) {
      return call.dy();
    }
    int count = call.batch() * topology.rows();
    long masked = maskedDy.numbers(count, BFLOAT16);
    arguments.begin().address(call.dy()).address(call.y()).address(masked).integers(count);
    launch(Kernels.transpose(BFLOAT16), "coppice_mask", Grid.covering(count), 0);
    return masked;
  }

  private void sample(long gradient, long turned, BatchTiles batch, long dvalues) {
    arguments
        .begin()
        .address(index.starts())
        .address(index.indices())
        .address(gradient)
        .address(turned)
        .integers(batch.pitch())
        .address(dvalues)
        .integers(topology.entries(), topology.blockRows());
    long warps = (long) topology.entries() * parts(tiling.height()) * parts(tiling.width());
    launch(
        Kernels.blocks(tiling), "coppice_sddmm_blocks", new Grid(Grid.ceil(warps, WARPS), 1, 1), 0);
  }

  /** The parts of a block's side that warps take. */
  private static int parts(int side) {
    return side / (side % LARGE_PART == 0 ? LARGE_PART : SIDE);
  }

  private void launch(KernelSource source, String kernel, Grid grid, int sharedBytes) {
    device.launch(device.kernel(source, kernel), grid, sharedBytes, arguments);
  }

  @Override
  public void close() {
    index.close();
    transpose.close();
    turnedX.close();
    turnedDy.close();
    packed.close();
    maskedDy.close();
  }
}
